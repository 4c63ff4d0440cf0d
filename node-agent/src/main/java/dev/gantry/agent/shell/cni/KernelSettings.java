package dev.gantry.agent.shell.cni;

import dev.gantry.agent.shell.command.Commands;
import java.util.List;

/** The sysctls of the node's network namespace. */
public final class KernelSettings {
    /** Without these no packet leaves its node. */
    private static final List<String> NEEDED =
            List.of("net/ipv4/ip_forward=1", "net/ipv6/conf/all/forwarding=1");

    /**
     * A pod's gateway answers at once where duplicate addresses are not looked for first. Absent
     * where the kernel lacks IPv6.
     */
    private static final List<String> WELCOME = List.of("net/ipv6/conf/default/accept_dad=0");

    /**
     * Packets between pods of a node pass the IP hooks, so that answers are translated back. Where
     * the kernel can't, the ruleset masquerades them.
     */
    private static final List<String> BRIDGE =
            List.of(
                    "net/bridge/bridge-nf-call-iptables=1",
                    "net/bridge/bridge-nf-call-ip6tables=1");

    private KernelSettings() {}

    public static void apply(Commands commands) {
        commands.run(script(NEEDED), "sh", "-e");
        commands.succeeds("sh", "-c", script(WELCOME));
        commands.succeeds("sh", "-c", "command -v modprobe >/dev/null && modprobe -q br_netfilter");
        commands.succeeds("sh", "-e", "-c", script(BRIDGE));
    }

    private static String script(List<String> settings) {
        var script = new StringBuilder();
        for (String each : settings) {
            int equals = each.indexOf('=');
            script.append("echo ").append(each.substring(equals + 1));
            script.append(" > /proc/sys/").append(each, 0, equals).append('\n');
        }
        return script.toString();
    }
}
