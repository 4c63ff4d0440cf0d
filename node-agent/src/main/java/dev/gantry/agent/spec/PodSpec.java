package dev.gantry.agent.spec;

import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.QosClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A pod as the agent reads it. */
public record PodSpec(Resource pod) {
    private static final int DEFAULT_GRACE_SECONDS = 30;

    public String name() {
        return pod.name();
    }

    public String namespace() {
        return pod.namespace();
    }

    public Uid uid() {
        return pod.uid();
    }

    public JsonNode spec() {
        return pod.spec();
    }

    /** What the API stored wins, since the class of a pod never changes. */
    public QosClass qosClass() {
        return QosClass.parse(Resource.text(pod.status(), "qosClass"))
                .orElseGet(() -> QosClass.of(spec()));
    }

    /**
     * The pod's cgroup. Compat: kubelet's layout with the cgroupfs driver.
     *
     * @param root below which those of all pods are
     */
    public String cgroup(String root) {
        String level =
                switch (qosClass()) {
                    case GUARANTEED -> "";
                    case BURSTABLE -> "/burstable";
                    case BEST_EFFORT -> "/besteffort";
                };
        return root + level + "/pod" + uid();
    }

    /** The containers that are the point of the pod. */
    public List<ContainerSpec> mains() {
        List<ContainerSpec> found = new ArrayList<>();
        spec().path("containers").forEach(each -> found.add(new ContainerSpec(each, Role.MAIN)));
        return found;
    }

    /** Init containers in order, sidecars among them. */
    public List<ContainerSpec> inits() {
        List<ContainerSpec> found = new ArrayList<>();
        for (JsonNode each : spec().path("initContainers")) {
            boolean isSidecar = Resource.text(each, "restartPolicy").equals("Always");
            found.add(new ContainerSpec(each, isSidecar ? Role.SIDECAR : Role.INIT));
        }
        return found;
    }

    public List<ContainerSpec> ephemerals() {
        List<ContainerSpec> found = new ArrayList<>();
        spec().path("ephemeralContainers")
                .forEach(each -> found.add(new ContainerSpec(each, Role.EPHEMERAL)));
        return found;
    }

    /** Init containers, then the main ones, then the ephemeral ones. */
    public List<ContainerSpec> containers() {
        List<ContainerSpec> found = inits();
        found.addAll(mains());
        found.addAll(ephemerals());
        return found;
    }

    public Optional<ContainerSpec> container(String name) {
        return containers().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public RestartPolicy restartPolicy() {
        return RestartPolicy.parse(Resource.text(spec(), "restartPolicy"))
                .orElse(RestartPolicy.ALWAYS);
    }

    /** Compat: a container may have a policy of its own; a sidecar's is Always. */
    public RestartPolicy restartPolicy(ContainerSpec container) {
        return RestartPolicy.parse(Resource.text(container.tree(), "restartPolicy"))
                .orElseGet(this::restartPolicy);
    }

    /** Whether a container that ended with this code is to be started again. */
    public boolean restarts(ContainerSpec container, int exitCode) {
        return container.restartsAfter(exitCode) || restartPolicy(container).restarts(exitCode);
    }

    /** Whether any of its containers may be started again, but for sidecars, which all may. */
    public boolean restartsAny() {
        return containers().stream()
                .filter(each -> each.role() == Role.INIT || each.role() == Role.MAIN)
                .anyMatch(
                        each ->
                                restartPolicy(each) != RestartPolicy.NEVER
                                        || each.hasRestartRules());
    }

    /** Whether the end of one of its containers may have all of them started again. */
    public boolean mayRestartAll() {
        return containers().stream().anyMatch(ContainerSpec::mayRestartAll);
    }

    /** The grace that the deletion asked for, else that of the spec. */
    public Duration grace() {
        JsonNode asked = pod.metadata().path("deletionGracePeriodSeconds");
        if (asked.isNumber()) {
            return Duration.ofSeconds(asked.asLong());
        }
        JsonNode usual = spec().path("terminationGracePeriodSeconds");
        return Duration.ofSeconds(usual.asLong(DEFAULT_GRACE_SECONDS));
    }

    public boolean isOnHostNetwork() {
        return spec().path("hostNetwork").asBoolean(false);
    }

    /** Whether the users inside are others than those of the node with the same ids. */
    public boolean hasOwnUsers() {
        return !spec().path("hostUsers").asBoolean(true);
    }

    /** Whether the groups that an image gives to its user must not count. */
    public boolean hasStrictGroups() {
        return Resource.text(security(), "supplementalGroupsPolicy").equals("Strict");
    }

    public boolean isFlagged(String field) {
        return spec().path(field).asBoolean(false);
    }

    public JsonNode security() {
        return spec().path("securityContext");
    }

    public Optional<Duration> activeDeadline() {
        JsonNode seconds = spec().path("activeDeadlineSeconds");
        return seconds.isNumber()
                ? Optional.of(Duration.ofSeconds(seconds.asLong()))
                : Optional.empty();
    }

    public String serviceAccount() {
        return Resource.text(spec(), "serviceAccountName");
    }

    /** Compat: the hostname is the pod's name unless given, cut to what a host name may have. */
    public String hostname() {
        String override = Resource.text(spec(), "hostnameOverride");
        String given = override.isEmpty() ? Resource.text(spec(), "hostname") : override;
        String host = given.isEmpty() ? name() : given;
        String cut = host.length() > 63 ? host.substring(0, 63) : host;
        return cut.replaceAll("[-.]+$", "");
    }

    /**
     * What stands behind the hostname in DNS; empty where the pod has no subdomain.
     *
     * <p>Compat: a hostname that is overridden is no name of the cluster's.
     */
    public String domain(String clusterDomain) {
        String subdomain = Resource.text(spec(), "subdomain");
        boolean hasNone = subdomain.isEmpty() || spec().hasNonNull("hostnameOverride");
        return hasNone ? "" : "%s.%s.svc.%s".formatted(subdomain, namespace(), clusterDomain);
    }

    /** What the pod's kernel is told to be called: with its domain where the pod wants that. */
    public String kernelHostname(String clusterDomain) {
        String domain = isFlagged("setHostnameAsFQDN") ? domain(clusterDomain) : "";
        return domain.isEmpty() ? hostname() : hostname() + "." + domain;
    }
}
