package dev.gantry.agent.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * What {@code gantry.node.*} says about this node.
 *
 * @param addresses of the node, the primary one first
 * @param root the agent's own folder: volumes, logs, checkpoint
 * @param cpu capacity to claim instead of the machine's, in cores as a quantity
 * @param memory capacity to claim instead of the machine's, as a quantity
 * @param cgroupRoot under which the cgroups of pods lie; several nodes of one machine have their
 *     own
 * @param kubeconfig the node's identity towards the API
 * @param pkiDirectory the folder with the cluster's certificates
 */
public record NodeSettings(
        String name,
        List<String> addresses,
        SortedMap<String, String> labels,
        Path containerdSocket,
        Path root,
        Path cniConfDirectory,
        Path cniBinDirectory,
        int httpPort,
        List<String> clusterDns,
        List<String> serviceCidrs,
        Optional<String> cpu,
        Optional<String> memory,
        String cgroupRoot,
        Path kubeconfig,
        Path pkiDirectory) {
    private static final Bindable<List<String>> TEXTS = Bindable.listOf(String.class);

    static NodeSettings from(Binder binder) {
        var labels =
                binder.bind("gantry.node.labels", Bindable.mapOf(String.class, String.class))
                        .map(TreeMap::new)
                        .orElseGet(TreeMap::new);
        return new NodeSettings(
                binder.bind("gantry.node.name", String.class).get(),
                binder.bind("gantry.node.addresses", TEXTS).get(),
                labels,
                path(binder, "gantry.node.containerd-socket", "/run/containerd/containerd.sock"),
                path(binder, "gantry.node.root", "/var/lib/gantry/agent"),
                path(binder, "gantry.node.cni-conf-dir", "/etc/cni/net.d"),
                path(binder, "gantry.node.cni-bin-dir", "/usr/lib/cni"),
                binder.bind("gantry.node.http-port", Integer.class).orElse(10250),
                binder.bind("gantry.node.cluster-dns", TEXTS)
                        .orElse(List.of("10.96.0.10", "fd00:10:96::a")),
                binder.bind("gantry.node.service-cidrs", TEXTS)
                        .orElse(List.of("10.96.0.0/16", "fd00:10:96::/112")),
                text(binder, "gantry.node.cpu"),
                text(binder, "gantry.node.memory"),
                text(binder, "gantry.node.cgroup-root").orElse("/kubepods"),
                path(binder, "gantry.api.kubeconfig", "/etc/gantry/node.kubeconfig"),
                path(binder, "gantry.pki.dir", "/etc/gantry/pki"));
    }

    private static Path path(Binder binder, String property, String otherwise) {
        return Path.of(binder.bind(property, String.class).orElse(otherwise)).toAbsolutePath();
    }

    private static Optional<String> text(Binder binder, String property) {
        var bound = binder.bind(property, String.class);
        return bound.isBound() ? Optional.of(bound.get()) : Optional.empty();
    }
}
