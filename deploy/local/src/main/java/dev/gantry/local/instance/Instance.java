package dev.gantry.local.instance;

import dev.gantry.model.address.AddressBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cluster on this machine: where its files are, which ports and addresses it uses, how its
 * namespaces are called. Two instances with different slots never meet.
 *
 * @param home everything that outlives {@code down}
 * @param distribution the built jars and caches that the processes run from
 * @param slot 0 to 99; chooses ports and addresses
 */
public record Instance(Path home, Path distribution, int slot, int nodeCount) {
    public static final int MAX_NODES = 50;

    /** Where each instance that runs has its folder, beside those of other programs. */
    public static final Path RUNS = Path.of("/run");

    /** The first instance has the ranges that are usual in the field. */
    private static final int FIRST_POD_RANGE = 244;

    private static final int POD_RANGES = 100;

    public Instance {
        if (slot < 0 || slot > 99) {
            throw new IllegalArgumentException("slot must be 0 to 99, found " + slot);
        }
        if (nodeCount < 0 || nodeCount > MAX_NODES) {
            throw new IllegalArgumentException(
                    "nodes must be 0 to %d, found %d".formatted(MAX_NODES, nodeCount));
        }
    }

    public int gatewayPort() {
        return 6443 + slot;
    }

    public int postgresPort() {
        return 15432 + slot;
    }

    /** On loopback only: for the services of the control plane. */
    public int kafkaPort() {
        return 19092 + slot;
    }

    /** On the bridge: for the agents. */
    public int kafkaNodePort() {
        return 19192 + slot;
    }

    public int kafkaControllerPort() {
        return 19292 + slot;
    }

    /** On loopback only. Compat: that of kube-controller-manager in slot 0. */
    public int controllerPort() {
        return 10257 + 10 * slot;
    }

    /** On loopback only. Compat: that of kube-scheduler in slot 0. */
    public int schedulerPort() {
        return 10259 + 10 * slot;
    }

    /** On loopback only. */
    public int monitoringPort() {
        return 10261 + 10 * slot;
    }

    public String name() {
        return slot == 0 ? "gantry" : "gantry" + slot;
    }

    /** The bridge that joins the nodes; its addresses are where nodes find the control plane. */
    public String bridge() {
        return name() + "-br";
    }

    /** Where nodes find the control plane; without nodes there is no bridge for that. */
    public String hostAddress() {
        return nodeCount == 0 ? "127.0.0.1" : "10.89." + slot + ".1";
    }

    public String hostAddress6() {
        return nodeCount == 0 ? "::1" : "fd00:89:" + slot + "::1";
    }

    public String subnet() {
        return "10.89." + slot + ".0/24";
    }

    public String subnet6() {
        return "fd00:89:" + slot + "::/64";
    }

    /**
     * Where the pods of this instance have their addresses: other ones than those of its
     * neighbours, since the host has routes to all of them.
     */
    public List<AddressBlock> podRanges() {
        int number = slot == 0 ? FIRST_POD_RANGE : POD_RANGES + slot;
        return Stream.of("10." + number + ".0.0/16", "fd00:10:" + number + "::/56")
                .flatMap(each -> AddressBlock.parse(each).stream())
                .toList();
    }

    /**
     * Where Services of type LoadBalancer have their addresses: on the bridge, beyond those of the
     * nodes, so that the host finds them as it finds its neighbours, without any route.
     */
    public String balancerRanges() {
        return "10.89." + slot + ".192/26,fd00:89:" + slot + "::1:0/112";
    }

    public List<NodePlace> nodes() {
        return IntStream.rangeClosed(1, nodeCount).mapToObj(this::node).toList();
    }

    public NodePlace node(int number) {
        return new NodePlace(this, number);
    }

    public Path pki() {
        return home.resolve("pki");
    }

    public Path secrets() {
        return home.resolve("secrets");
    }

    public Path logs() {
        return home.resolve("logs");
    }

    public Path data() {
        return home.resolve("data");
    }

    /** What lives only while the cluster runs: sockets, mounts, process ids. */
    public Path run() {
        return RUNS.resolve(name());
    }

    /** What the cluster's owner wrote, where there is anything: it counts before all else. */
    public Path ownSettings() {
        return home.resolve("gantry.properties");
    }

    public Path kubeconfig() {
        return home.resolve("kubeconfig");
    }

    public Path kubeconfigOf(String identity) {
        return pki().resolve(identity + ".kubeconfig");
    }
}
