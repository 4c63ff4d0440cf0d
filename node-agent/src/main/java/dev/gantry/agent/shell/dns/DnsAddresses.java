package dev.gantry.agent.shell.dns;

import dev.gantry.agent.shell.command.Commands;
import java.util.List;

/**
 * Gives the node the cluster's DNS addresses, so that packets for them end here. They stand on the
 * loopback device, which every kernel has and where no neighbours are looked for.
 */
public final class DnsAddresses {
    private DnsAddresses() {}

    public static void apply(Commands commands, List<String> addresses) {
        var batch = new StringBuilder("link set lo up\n");
        for (String each : addresses) {
            String length = each.contains(":") ? "/128" : "/32";
            batch.append("address replace ").append(each).append(length).append(" dev lo\n");
        }
        commands.run(batch.toString(), "ip", "-batch", "-");
    }
}
