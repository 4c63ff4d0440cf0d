package dev.gantry.agent.shell.dns;

import dev.gantry.agent.shell.command.Commands;
import java.util.List;

/**
 * Puts the cluster's DNS addresses on the node, so that packets for them end there.
 *
 * <p>On the loopback device, since every kernel has one; dummy devices are a module that may be
 * missing.
 */
public final class DnsDevice {
    public static final String NAME = "lo";

    private DnsDevice() {}

    public static void apply(Commands commands, List<String> addresses) {
        var batch = new StringBuilder("link set " + NAME + " up\n");
        for (String each : addresses) {
            boolean isV6 = each.contains(":");
            batch.append("address replace ").append(each).append(isV6 ? "/128" : "/32");
            batch.append(" dev ").append(NAME).append(isV6 ? " nodad\n" : "\n");
        }
        commands.run(batch.toString(), "ip", "-batch", "-");
    }
}
