package dev.gantry.agent.shell.dns;

import dev.gantry.agent.shell.command.Commands;
import java.util.List;

/** The device that holds the cluster's DNS addresses, so that packets for them end on the node. */
public final class DnsDevice {
    public static final String NAME = "gantry-dns";

    private DnsDevice() {}

    public static void apply(Commands commands, List<String> addresses) {
        if (!commands.succeeds("ip", "link", "show", "dev", NAME)) {
            commands.run("", "ip", "link", "add", NAME, "type", "dummy");
        }
        var batch = new StringBuilder("link set " + NAME + " up\n");
        for (String each : addresses) {
            boolean isV6 = each.contains(":");
            batch.append("address replace ").append(each).append(isV6 ? "/128" : "/32");
            batch.append(" dev ").append(NAME).append(isV6 ? " nodad\n" : "\n");
        }
        commands.run(batch.toString(), "ip", "-batch", "-");
    }
}
