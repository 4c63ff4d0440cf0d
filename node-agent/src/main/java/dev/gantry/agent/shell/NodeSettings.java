package dev.gantry.agent.shell;

import dev.gantry.agent.network.BalancerPool;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.address.AddressBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What {@code gantry.node.*} says about this node.
 *
 * @param addresses of the node, the primary one first
 * @param root the agent's own folder: volumes, logs, checkpoint
 * @param inForce all that the agent was given by name, for people to read
 */
public record NodeSettings(
        String name,
        List<String> addresses,
        SortedMap<String, String> labels,
        Path containerdSocket,
        Path root,
        int httpPort,
        Network network,
        PodLimits pods,
        Identity identity,
        SortedMap<String, String> inForce) {
    static final String CLUSTER_DOMAIN = "cluster.local";

    /** Of the node itself, with the name servers that it asks. */
    static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    /**
     * @param cniConfDirectory where the runtime looks for its network's configuration
     * @param cniBinDirectory where it looks for plugins
     * @param pool addresses of load balancers, which the node may take
     */
    public record Network(
            Path cniConfDirectory,
            Path cniBinDirectory,
            List<String> clusterDns,
            List<String> serviceCidrs,
            BalancerPool pool) {
        private static Network from(SettingSource given) {
            return new Network(
                    path(given, "gantry.node.cni-conf-dir", "/etc/cni/net.d"),
                    path(given, "gantry.node.cni-bin-dir", "/usr/lib/cni"),
                    given.list("gantry.node.cluster-dns", "10.96.0.10,fd00:10:96::a"),
                    given.list("gantry.node.service-cidrs", "10.96.0.0/16,fd00:10:96::/112"),
                    pool(given));
        }

        private static BalancerPool pool(SettingSource given) {
            String name = "gantry.node.load-balancer-ranges";
            List<AddressBlock> blocks = new ArrayList<>();
            for (String each : given.list(name, "")) {
                blocks.add(
                        AddressBlock.parse(each)
                                .orElseThrow(
                                        () -> given.wrong(name, "ranges as in 192.0.2.64/26")));
            }
            return new BalancerPool(List.copyOf(blocks));
        }
    }

    /**
     * What pods may take.
     *
     * @param cpu capacity to claim instead of the machine's, in cores as a quantity
     * @param memory capacity to claim instead of the machine's, as a quantity
     * @param cgroupRoot under which the cgroups of pods lie; several nodes of one machine have
     *     their own
     * @param hasSeccompDefault whether a container that names no seccomp profile gets the runtime's
     * @param allowedSysctls that pods may set beside the safe ones
     * @param maxProcesses how many processes and threads a pod may have; zero for no limit
     */
    public record PodLimits(
            Optional<String> cpu,
            Optional<String> memory,
            String cgroupRoot,
            boolean hasSeccompDefault,
            List<String> allowedSysctls,
            int maxProcesses) {
        private static PodLimits from(SettingSource given) {
            return new PodLimits(
                    given.find("gantry.node.cpu"),
                    given.find("gantry.node.memory"),
                    given.text("gantry.node.cgroup-root", "/kubepods"),
                    given.isOn("gantry.node.seccomp-default", true),
                    given.list("gantry.node.allowed-unsafe-sysctls", ""),
                    given.number("gantry.node.pod-pids-limit", 4096, 0, Integer.MAX_VALUE));
        }
    }

    /**
     * How the node shows who it is.
     *
     * @param kubeconfig where the API is; with a certificate of the node, unless there is a folder
     *     of them
     * @param certificates the folder of those that the agent renews; empty where it has one for
     *     good
     * @param certificateLife how long they shall hold; empty for as long as the cluster likes
     */
    public record Identity(
            Path kubeconfig, Optional<Path> certificates, Optional<Duration> certificateLife) {
        private static Identity from(SettingSource given) {
            int seconds = given.number("gantry.node.certificate-seconds", 0, 0, Integer.MAX_VALUE);
            return new Identity(
                    given.kubeconfig(),
                    given.find("gantry.node.certificates").map(Path::of),
                    Optional.of(Duration.ofSeconds(seconds)).filter(Duration::isPositive));
        }
    }

    static NodeSettings from(SettingSource given) {
        return new NodeSettings(
                given.need("gantry.node.name", "the name that this node shall have"),
                addresses(given),
                given.group("gantry.node.labels"),
                path(given, "gantry.node.containerd-socket", "/run/containerd/containerd.sock"),
                path(given, "gantry.node.root", "/var/lib/gantry/agent"),
                given.number("gantry.node.http-port", 10250, 1, 65_535),
                Network.from(given),
                PodLimits.from(given),
                Identity.from(given),
                given.inForce());
    }

    private static List<String> addresses(SettingSource given) {
        String name = "gantry.node.addresses";
        given.need(name, "the IP addresses of this node, the primary one first");
        return given.list(name, "");
    }

    private static Path path(SettingSource given, String name, String otherwise) {
        return Path.of(given.text(name, otherwise)).toAbsolutePath();
    }
}
