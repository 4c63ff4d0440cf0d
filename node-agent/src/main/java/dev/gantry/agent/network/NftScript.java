package dev.gantry.agent.network;

import dev.gantry.agent.network.ServiceAction.Masquerade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Scripts for {@code nft -f}, each one transaction: the whole table, or what differs between two
 * rulesets.
 *
 * <p>Chains and rules depend on the family alone, and on the endpoint chains in use; whatever
 * Services do shows as elements of sets. So a change costs what changed, not what is there.
 */
public final class NftScript {
    private static final String TABLE = "gantry";

    /** The bit of the packet mark that asks for a masquerade on the way out. */
    private static final String MASQUERADE_MARK = "0x4000";

    private static final int CLIENTS = 65536;
    private static final int ELEMENTS_PER_LINE = 500;

    private final Family family;
    private final StringBuilder text = new StringBuilder();

    private NftScript(Family family) {
        this.family = family;
    }

    /** Replaces the table, whatever was in it. */
    public static String full(Ruleset wanted) {
        var script = new NftScript(wanted.family());
        script.line("add table " + script.table());
        script.line("delete table " + script.table());
        script.line("add table " + script.table());
        for (NftSet set : NftSet.values()) {
            script.define(set.object(), set.nftName(), set.definition(wanted.family()));
        }
        script.define(
                "map",
                "clients",
                "type %s . mark : mark; flags dynamic,timeout; size %d"
                        .formatted(wanted.family().addressType(), CLIENTS));
        script.addChains(wanted);
        wanted.elements().forEach((set, elements) -> script.add(set, elements));
        return script.text.toString();
    }

    /** Empty where nothing differs. Both are of the same family. */
    public static String delta(Ruleset before, Ruleset wanted) {
        if (before.isBridgeFiltered() != wanted.isBridgeFiltered()) {
            return full(wanted);
        }
        var script = new NftScript(wanted.family());
        SortedSet<EndpointChain> added = new TreeSet<>(wanted.chains());
        added.removeAll(before.chains());
        added.forEach(script::addEndpointChain);
        for (NftSet set : NftSet.values()) {
            script.change(set, before.of(set), wanted.of(set));
        }
        // What refers to a chain has gone above, in the same transaction.
        SortedSet<EndpointChain> unused = new TreeSet<>(before.chains());
        unused.removeAll(wanted.chains());
        for (EndpointChain each : unused) {
            script.line("flush chain " + script.table() + " " + each.nftName());
            script.line("delete chain " + script.table() + " " + each.nftName());
        }
        return script.text.toString();
    }

    /** Removes the table, also where there is none. */
    public static String remove(Family family) {
        var script = new NftScript(family);
        script.line("add table " + script.table());
        script.line("delete table " + script.table());
        return script.text.toString();
    }

    private void addChains(Ruleset wanted) {
        String ip = family.table();
        chain("refuse", "meta l4proto tcp reject with tcp reset", "reject");
        String send = "meta l4proto { tcp, udp, sctp } dnat to ct mark map @endpoints";
        chain(EndpointChain.send(Masquerade.NONE), "meta mark set 0", send);
        chain(EndpointChain.send(Masquerade.ALL), "meta mark set " + MASQUERADE_MARK, send);
        chain(
                EndpointChain.send(Masquerade.NON_LOCAL),
                "meta mark set 0",
                ip + " saddr != @inside meta mark set " + MASQUERADE_MARK,
                send);
        wanted.chains().forEach(this::addEndpointChain);
        chain(
                "from-inside",
                balance(addressKey(), NftSet.INNER_ADDRESSES),
                "fib daddr type local " + balance(portKey(), NftSet.INNER_PORTS));
        chain(
                "from-anywhere",
                balance(addressKey(), NftSet.ADDRESSES),
                ip + " daddr " + loopback() + " return",
                ip + " daddr @services return",
                "fib daddr type local " + balance(portKey(), NftSet.PORTS));
        chain(
                "prerouting { type nat hook prerouting priority dstnat; }",
                ip + " saddr @inside jump from-inside",
                "jump from-anywhere");
        chain(
                "output { type nat hook output priority dstnat; }",
                "jump from-inside",
                "jump from-anywhere");
        chain(
                "postrouting { type nat hook postrouting priority srcnat; }",
                masquerades(wanted.isBridgeFiltered()));
        addFirewall();
        addRefusals();
    }

    /** Before the NAT hooks, which know only that the packet is for some Service. */
    private void addFirewall() {
        String frontend = addressKey();
        chain(
                "firewall",
                "ct state new %s @guarded %s . %s saddr != @admitted drop"
                        .formatted(frontend, frontend, family.table()));
        chain(
                "firewall-prerouting { type filter hook prerouting priority -110; }",
                "jump firewall");
        chain("firewall-output { type filter hook output priority -110; }", "jump firewall");
    }

    private String[] masquerades(boolean isBridgeFiltered) {
        String ip = family.table();
        String multicast = family == Family.IP4 ? "224.0.0.0/4" : "ff00::/8";
        List<String> rules = new ArrayList<>();
        rules.add("meta mark & %s == %s masquerade".formatted(MASQUERADE_MARK, MASQUERADE_MARK));
        rules.add("ct status dnat %s saddr . %s daddr @hairpins masquerade".formatted(ip, ip));
        if (!isBridgeFiltered) {
            // The answer would go from pod to pod over the bridge and never be translated back.
            rules.add(
                    "ct status dnat %s saddr @inside %s daddr @inside masquerade"
                            .formatted(ip, ip));
        }
        rules.add(
                "%s saddr @inside %s daddr != @cluster %s daddr != %s masquerade"
                        .formatted(ip, ip, ip, multicast));
        return rules.toArray(String[]::new);
    }

    /** Packets that find no endpoint: of known Services, and to all other cluster IPs. */
    private void addRefusals() {
        String ip = family.table();
        chain(
                "unserved",
                "%s daddr . meta l4proto . th dport vmap @unserved".formatted(ip),
                "fib daddr type local meta l4proto . th dport vmap @unserved-ports");
        String balancer =
                "%s daddr @balancers meta l4proto { tcp, udp, sctp } goto refuse".formatted(ip);
        // After the NAT hooks: what was served has another address by now. What the node itself
        // listens on is not for those who came by a load balancer's address.
        chain(
                "unserved-prerouting { type filter hook prerouting priority -90; }",
                "jump unserved",
                balancer);
        chain(
                "unserved-output { type filter hook output priority -90; }",
                "%s daddr @services fib daddr type != local goto refuse".formatted(ip),
                "jump unserved",
                balancer);
        chain(
                "unserved-forward { type filter hook forward priority -10; }",
                "%s daddr @services goto refuse".formatted(ip));
    }

    private String addressKey() {
        return family.table() + " daddr . meta l4proto . th dport";
    }

    private static String portKey() {
        return "meta l4proto . th dport";
    }

    private static String balance(String key, NftSet targets) {
        return "meta mark set %s map @%s meta mark vmap @targets".formatted(key, targets.nftName());
    }

    private String loopback() {
        return family == Family.IP4 ? "127.0.0.0/8" : "::1";
    }

    private void addEndpointChain(EndpointChain chain) {
        chain(chain.nftName(), chain.rules(family).toArray(String[]::new));
    }

    private void chain(String definition, String... rules) {
        line("add chain " + table() + " " + definition);
        int space = definition.indexOf(' ');
        String name = space < 0 ? definition : definition.substring(0, space);
        for (String rule : rules) {
            line("add rule " + table() + " " + name + " " + rule);
        }
    }

    private void define(String object, String name, String definition) {
        line("add %s %s %s { %s; }".formatted(object, table(), name, definition));
    }

    private void change(
            NftSet set, SortedMap<String, String> before, SortedMap<String, String> wanted) {
        if (before.equals(wanted)) {
            return;
        }
        if (set.isInterval()) {
            line("flush set " + table() + " " + set.nftName());
            add(set, wanted);
            return;
        }
        List<String> removed = new ArrayList<>();
        SortedMap<String, String> added = new TreeMap<>(wanted);
        for (Map.Entry<String, String> old : before.entrySet()) {
            String value = wanted.get(old.getKey());
            if (old.getValue().equals(value)) {
                added.remove(old.getKey());
            } else {
                removed.add(old.getKey());
            }
        }
        elements("delete", set, removed);
        add(set, added);
    }

    private void add(NftSet set, SortedMap<String, String> elements) {
        List<String> words = new ArrayList<>();
        elements.forEach((key, value) -> words.add(value.isEmpty() ? key : key + " : " + value));
        elements("add", set, words);
    }

    private void elements(String verb, NftSet set, Collection<String> words) {
        List<String> all = List.copyOf(words);
        for (int from = 0; from < all.size(); from += ELEMENTS_PER_LINE) {
            List<String> part = all.subList(from, Math.min(from + ELEMENTS_PER_LINE, all.size()));
            line(
                    "%s element %s %s { %s }"
                            .formatted(verb, table(), set.nftName(), String.join(", ", part)));
        }
    }

    private String table() {
        return family.table() + " " + TABLE;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
