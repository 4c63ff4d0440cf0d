package dev.gantry.agent.shell.nftables;

import dev.gantry.agent.network.BalancerPool;
import dev.gantry.agent.network.Family;
import dev.gantry.agent.network.MarkAllocator;
import dev.gantry.agent.network.NetworkView;
import dev.gantry.agent.network.NftScript;
import dev.gantry.agent.network.Ruleset;
import dev.gantry.agent.network.TableCheck;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the node's nftables as the cluster's Services want them.
 *
 * <p>The first script replaces the table, so nothing of an earlier life stays; then come deltas,
 * and now and then a look whether the kernel still has what was put in. Nothing is done before the
 * cache has caught up: half a view would refuse Services that have endpoints.
 *
 * <p>Closing leaves the rules: Services go on working while the agent is away.
 */
public final class ServiceNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNetwork.class);
    private static final Duration CHECK = Duration.ofMinutes(5);
    private static final Duration CAUGHT_UP_POLL = Duration.ofSeconds(1);

    /** Both 1 where packets between pods of the node pass the kernel's IP hooks. */
    private static final List<String> BRIDGE_FILTERS =
            List.of(
                    "/proc/sys/net/bridge/bridge-nf-call-iptables",
                    "/proc/sys/net/bridge/bridge-nf-call-ip6tables");

    /** Gathers a burst of changes into one transaction; too short for a person to notice. */
    private static final Duration GATHER = Duration.ofMillis(20);

    /**
     * Where this node stands.
     *
     * @param ownAddresses cluster IPs that the node itself answers, never to be balanced
     * @param pool addresses of load balancers, which nodes take
     */
    public record Setting(
            String node, List<String> serviceCidrs, Set<String> ownAddresses, BalancerPool pool) {}

    private final Setting setting;
    private final Commands commands;
    private final ObjectCache cache;
    private final NetworkFacts facts;
    private final Consumer<NetworkView> onApplied;
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private final Loop loop = new Loop("services", this::run);
    private final Map<Family, MarkAllocator> marks = new EnumMap<>(Family.class);
    private final Map<Family, Ruleset> applied = new EnumMap<>(Family.class);
    private boolean isBridgeFiltered;

    /**
     * @param onApplied hears what the kernel's rules now stand for; called by one thread
     */
    public ServiceNetwork(
            Setting setting,
            Commands commands,
            ObjectCache cache,
            Consumer<NetworkView> onApplied) {
        this.setting = setting;
        this.commands = commands;
        this.cache = cache;
        this.onApplied = onApplied;
        this.facts = new NetworkFacts(() -> changes.offer(true));
    }

    /** To be called before the cache is filled. */
    public void start() {
        cache.observe(facts);
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Takes all rules away, for a node that is given up. */
    public static void remove(Commands commands) {
        for (Family family : Family.values()) {
            commands.run(NftScript.remove(family), "nft", "-f", "-");
        }
    }

    private void run() throws InterruptedException {
        applied.clear();
        isBridgeFiltered =
                BRIDGE_FILTERS.stream()
                        .allMatch(each -> commands.succeeds("grep", "-q", "1", each));
        while (!cache.awaitCaughtUp(CAUGHT_UP_POLL)) {
            LOG.debug("waiting for the cluster's Services");
        }
        changes.offer(true);
        Instant check = Instant.now().plus(CHECK);
        while (!loop.isClosed()) {
            Duration patience = Duration.between(Instant.now(), check);
            changes.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!Instant.now().isBefore(check)) {
                forgetWhatTheKernelLost();
                check = Instant.now().plus(CHECK);
            } else if (!applied.isEmpty() && loop.pause(GATHER)) {
                changes.clear();
            }
            NetworkView view = facts.view();
            for (Family family : Family.values()) {
                apply(family, view);
            }
            onApplied.accept(view);
        }
    }

    private void apply(Family family, NetworkView view) {
        var actions = view.actions(family, setting.node(), setting.ownAddresses());
        var ranges =
                view.ranges(
                        family,
                        setting.node(),
                        setting.serviceCidrs(),
                        setting.pool(),
                        isBridgeFiltered);
        Ruleset wanted =
                Ruleset.of(family, ranges, actions, view.firewall(family), marksOf(family));
        Ruleset before = applied.get(family);
        String script = before == null ? NftScript.full(wanted) : NftScript.delta(before, wanted);
        if (script.isEmpty()) {
            return;
        }
        // Should nft fail, nothing is known any more and the next try replaces the table.
        applied.remove(family);
        commands.run(script, "nft", "-f", "-");
        applied.put(family, wanted);
        endDatagramFlows(before, wanted);
        LOG.debug("{}: {} frontends, {} lines", family, actions.size(), script.lines().count());
    }

    private MarkAllocator marksOf(Family family) {
        return marks.computeIfAbsent(family, _ -> new MarkAllocator());
    }

    /**
     * A UDP flow has no end, so the kernel would go on sending it to an endpoint that is gone.
     * After a start all flows are looked up anew, since it is not known which endpoints went.
     */
    private void endDatagramFlows(@Nullable Ruleset before, Ruleset wanted) {
        String family = wanted.family() == Family.IP4 ? "ipv4" : "ipv6";
        if (before == null) {
            commands.succeeds("conntrack", "-D", "-f", family, "-p", "udp", "--dst-nat");
            return;
        }
        SortedSet<Integer> gone = new TreeSet<>(before.datagramEndpoints());
        gone.removeAll(wanted.datagramEndpoints());
        for (int number : gone) {
            commands.succeeds(
                    "conntrack", "-D", "-f", family, "-p", "udp", "-m", Integer.toString(number));
        }
    }

    private void forgetWhatTheKernelLost() {
        for (Ruleset held : List.copyOf(applied.values())) {
            String listing =
                    commands.run("", "nft", "-j", "list", "table", held.family().table(), "gantry");
            if (!TableCheck.matches(JsonMapper.shared().readTree(listing), held)) {
                LOG.warn("the {} table was changed from outside: replacing it", held.family());
                applied.remove(held.family());
            }
        }
    }
}
