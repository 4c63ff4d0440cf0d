package dev.gantry.agent.container;

import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.sandbox.PortMapping;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** How a pod's sandbox is made. */
public final class SandboxConfigs {
    /** Compat: of Linux, the terminating zero not counted. */
    private static final int MAX_HOSTNAME = 64;

    private SandboxConfigs() {}

    /**
     * Where things of this pod are on the node.
     *
     * @param users which users of the node its own ones are; empty where it has the node's
     */
    public record Places(String logDirectory, String cgroupParent, Optional<IdRange> users) {}

    /**
     * Why the pod cannot have the sandbox that it wants.
     *
     * <p>Compat: {@code GetNodenameForKernel} of {@code pkg/kubelet/util}, and the refusal of user
     * namespaces where the runtime has none; a pod that asks for one is not run without.
     *
     * @param handler by which the runtime is to run it; empty for its default
     */
    public static Optional<String> problem(
            PodSpec pod, NodeFacts node, String handler, RuntimeFeatures features) {
        String host = pod.kernelHostname(node.clusterDomain());
        if (host.length() > MAX_HOSTNAME) {
            return Optional.of(
                    "failed to construct FQDN from pod hostname and cluster domain, FQDN %s is too long (%d characters is the max, %d characters requested)"
                            .formatted(host, MAX_HOSTNAME, host.length()));
        }
        if (pod.hasStrictGroups() && !features.hasGroupsPolicy()) {
            return Optional.of("SupplementalGroupsPolicy=Strict is not supported in this node");
        }
        boolean lacksUsers = pod.hasOwnUsers() && !features.of(handler).hasUserNamespaces();
        return lacksUsers ? Optional.of(usersProblem(handler, features)) : Optional.empty();
    }

    private static String usersProblem(String handler, RuntimeFeatures features) {
        String lacking =
                handler.isEmpty()
                        ? "runtime does not support user namespaces"
                        : "RuntimeClass handler \"%s\" does not support user namespaces"
                                .formatted(handler);
        String unknown =
                features.knows(handler)
                        ? ""
                        : ": the handler \"%s\" is not known".formatted(handler);
        return "can't set `spec.hostUsers: false`, " + lacking + unknown;
    }

    public static SandboxConfig of(
            PodSpec pod, int attempt, NodeFacts node, DnsConfig dns, Places places) {
        SortedMap<String, String> labels = new TreeMap<>(pod.pod().labels());
        labels.putAll(ownLabels(pod));
        return new SandboxConfig(
                new SandboxName(pod.name(), pod.namespace(), pod.uid().value(), attempt),
                pod.isOnHostNetwork() ? "" : pod.kernelHostname(node.clusterDomain()),
                places.logDirectory(),
                dns,
                ports(pod),
                labels,
                new TreeMap<>(pod.pod().annotations()),
                places.cgroupParent(),
                Security.ofSandbox(pod, places.users()),
                Sysctls.of(pod));
    }

    static SortedMap<String, String> ownLabels(PodSpec pod) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(RuntimeLabels.POD_NAME, pod.name());
        labels.put(RuntimeLabels.POD_NAMESPACE, pod.namespace());
        labels.put(RuntimeLabels.POD_UID, pod.uid().value());
        return labels;
    }

    private static List<PortMapping> ports(PodSpec pod) {
        List<PortMapping> found = new ArrayList<>();
        for (ContainerSpec container : pod.containers()) {
            for (JsonNode port : container.tree().path("ports")) {
                int hostPort = port.path("hostPort").asInt(0);
                if (hostPort == 0 || pod.isOnHostNetwork()) {
                    continue;
                }
                String protocol = Resource.text(port, "protocol");
                found.add(
                        new PortMapping(
                                protocol.isEmpty() ? "TCP" : protocol,
                                port.path("containerPort").asInt(0),
                                hostPort,
                                Resource.text(port, "hostIP")));
            }
        }
        return found;
    }
}
