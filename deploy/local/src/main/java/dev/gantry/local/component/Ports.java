package dev.gantry.local.component;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.Command;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports of an instance: looked at before the start, so that a taken one is told at once. */
public final class Ports {
    private static final Pattern HOLDER = Pattern.compile("\\(\"([^\"]+)\",pid=(\\d+)");

    private Ports() {}

    private record Need(String purpose, String address, int port) {}

    /**
     * To be called when the bridge is there. Throws, naming every port that is taken and by whom.
     */
    public static void requireFree(Instance instance) throws IOException {
        List<String> taken = new ArrayList<>();
        for (Need need : needs(instance)) {
            if (!isFree(need)) {
                taken.add(
                        "port %d on %s, which is for %s, is taken by %s"
                                .formatted(
                                        need.port, need.address, need.purpose, holder(need.port)));
            }
        }
        if (!taken.isEmpty()) {
            throw new IOException(
                    String.join("\n", taken)
                            + "\nEnd what holds it, or give this cluster other ports with --slot"
                            + " N.");
        }
    }

    private static List<Need> needs(Instance instance) {
        String loopback = "127.0.0.1";
        return List.of(
                new Need("the API", loopback, instance.gatewayPort()),
                new Need("the API", instance.hostAddress(), instance.gatewayPort()),
                new Need("PostgreSQL", loopback, instance.postgresPort()),
                new Need("Kafka", loopback, instance.kafkaPort()),
                new Need("Kafka's own quorum", loopback, instance.kafkaControllerPort()),
                new Need("the controllers' metrics", loopback, instance.controllerPort()),
                new Need("the scheduler's metrics", loopback, instance.schedulerPort()),
                new Need("monitoring's metrics", loopback, instance.monitoringPort()),
                new Need("Kafka to the nodes", instance.hostAddress(), instance.kafkaNodePort()));
    }

    /** Connections of the last run that linger on the port don't count: servers listen in spite. */
    private static boolean isFree(Need need) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(need.address, need.port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }

    private static String holder(int port) throws IOException {
        Matcher found = HOLDER.matcher(Command.run("ss", "-Hltnp", "sport = :" + port));
        return found.find()
                ? "%s (pid %s)".formatted(found.group(1), found.group(2))
                : "a process that is not to be seen from here";
    }
}
