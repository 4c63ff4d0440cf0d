package dev.gantry.local.network;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bridge on the host, and per node a network namespace with one veth pair to it.
 *
 * <pre>
 *   host:  gantry-br 10.89.0.1 ──┬── gv0-1 ═══ eth0 10.89.0.11  (namespace gantry-node-1)
 *                                └── gv0-2 ═══ eth0 10.89.0.12  (namespace gantry-node-2)
 * </pre>
 *
 * Traffic from nodes to the world outside is masqueraded by one nft table of the instance's own.
 */
public final class HostNetwork {
    private final Instance instance;

    public HostNetwork(Instance instance) {
        this.instance = instance;
    }

    /** Makes what is missing; nothing for an instance without nodes. */
    public void prepare() throws IOException {
        if (instance.nodeCount() == 0) {
            return;
        }
        List<String> batch = new ArrayList<>();
        String bridge = instance.bridge();
        if (!Files.exists(Path.of("/sys/class/net", bridge))) {
            batch.add("link add %s type bridge".formatted(bridge));
            batch.add("addr add %s/24 dev %s".formatted(instance.hostAddress(), bridge));
            batch.add("addr add %s/64 dev %s nodad".formatted(instance.hostAddress6(), bridge));
            batch.add("link set %s up".formatted(bridge));
        }
        for (NodePlace node : instance.nodes()) {
            if (!Files.exists(node.namespaceFile())) {
                batch.add("netns add " + node.namespace());
                batch.add(
                        "link add %s type veth peer name eth0 netns %s"
                                .formatted(node.hostLink(), node.namespace()));
                batch.add("link set %s master %s up".formatted(node.hostLink(), bridge));
            }
        }
        Command.run(List.of("ip", "-batch", "-"), String.join("\n", batch) + "\n");
        for (NodePlace node : instance.nodes()) {
            configure(node);
        }
        letOut();
        letBridgesFilter();
    }

    /** Removes all of it, whatever of it there is; also links and namespaces of an earlier run. */
    public void remove() throws IOException {
        for (String namespace : namespaces()) {
            Command.attempt(List.of("ip", "netns", "delete", namespace), "");
        }
        if (Files.exists(Path.of("/sys/class/net", instance.bridge()))) {
            Command.run("ip", "link", "delete", instance.bridge());
            Command.attempt(List.of("nft", "delete", "table", "inet", table()), "");
        }
    }

    /** Names of the instance's namespaces that exist now. */
    public List<String> namespaces() throws IOException {
        Path folder = Path.of("/run/netns");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(instance.name() + "-node-"))
                    .sorted()
                    .toList();
        }
    }

    private void configure(NodePlace node) throws IOException {
        String state =
                Command.run("ip", "-n", node.namespace(), "-4", "addr", "show", "dev", "eth0");
        if (state.contains(node.address() + "/")) {
            return;
        }
        String batch =
                """
                link set lo up
                link set eth0 up
                addr add %s/24 dev eth0
                addr add %s/64 dev eth0 nodad
                route add default via %s
                route add ::/0 via %s
                """
                        .formatted(
                                node.address(),
                                node.address6(),
                                instance.hostAddress(),
                                instance.hostAddress6());
        Command.run(List.of("ip", "-n", node.namespace(), "-batch", "-"), batch);
    }

    private void letOut() throws IOException {
        String rules =
                """
                table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                  chain postrouting {
                    type nat hook postrouting priority srcnat;
                    ip saddr %2$s oifname != "%4$s" masquerade
                    ip6 saddr %3$s oifname != "%4$s" masquerade
                  }
                }
                """
                        .formatted(
                                table(), instance.subnet(), instance.subnet6(), instance.bridge());
        Command.run(List.of("nft", "-f", "-"), rules);
        Path forwarding = Path.of("/proc/sys/net/ipv4/ip_forward");
        if (Files.readString(forwarding).strip().equals("0")) {
            Files.writeString(forwarding, "1");
        }
    }

    /** For the agents, which may not load modules; where there is none, they do without. */
    private static void letBridgesFilter() throws IOException {
        if (!Files.exists(Path.of("/proc/sys/net/bridge"))) {
            String load = "command -v modprobe >/dev/null && modprobe -q br_netfilter";
            Command.attempt(List.of("sh", "-c", load), "");
        }
    }

    private String table() {
        return instance.name() + "_host";
    }
}
