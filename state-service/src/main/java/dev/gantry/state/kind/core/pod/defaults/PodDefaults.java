package dev.gantry.state.kind.core.pod.defaults;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod's spec says where it says nothing. */
public final class PodDefaults {
    private static final int GRACE_SECONDS = 30;
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");

    private PodDefaults() {}

    /** For the spec of a template as well as of a pod. */
    public static void setSpecDefaults(ObjectNode spec) {
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        Defaults.text(spec, "restartPolicy", "Always");
        if (!spec.hasNonNull("securityContext")) {
            spec.putObject("securityContext");
        }
        Defaults.number(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
        Defaults.text(spec, "schedulerName", "default-scheduler");
        sameServiceAccount(spec);
        Quantities.canonicalMap(spec, "overhead");
        Quantities.canonicalMap(spec.path("resources"), "requests");
        Quantities.canonicalMap(spec.path("resources"), "limits");
        Defaults.each(spec.path("volumes"), VolumeDefaults::set);
        for (String list : CONTAINER_LISTS) {
            Defaults.each(spec.path(list), ContainerDefaults::set);
        }
        Defaults.each(spec.path("ephemeralContainers"), ContainerDefaults::set);
    }

    /** For a pod itself: these would change the meaning of templates that are stored already. */
    public static void setPodDefaults(ObjectNode spec) {
        setSpecDefaults(spec);
        for (String list : CONTAINER_LISTS) {
            Defaults.each(
                    spec.path(list),
                    container ->
                            Defaults.within(container, "resources", PodDefaults::requestTheLimits));
        }
        PodLevelDefaults.set(spec);
        Defaults.flag(spec, "enableServiceLinks", true);
        if (spec.path("hostNetwork").asBoolean(false)) {
            for (String list : CONTAINER_LISTS) {
                Defaults.each(spec.path(list), PodDefaults::hostPorts);
            }
        }
    }

    /** Compat: the old name of the field is kept equal to the new one, which wins. */
    private static void sameServiceAccount(ObjectNode spec) {
        String name = Resource.text(spec, "serviceAccountName");
        String old = Resource.text(spec, "serviceAccount");
        String chosen = name.isEmpty() ? old : name;
        if (!chosen.isEmpty()) {
            spec.put("serviceAccountName", chosen).put("serviceAccount", chosen);
        }
    }

    private static void requestTheLimits(ObjectNode resources) {
        if (resources.path("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
            ObjectNode requests = Resource.child(resources, "requests");
            limits.properties()
                    .forEach(
                            each -> {
                                if (!requests.has(each.getKey())) {
                                    requests.set(each.getKey(), each.getValue().deepCopy());
                                }
                            });
        }
    }

    private static void hostPorts(ObjectNode container) {
        Defaults.each(
                container.path("ports"),
                port -> {
                    JsonNode inside = port.path("containerPort");
                    if (port.path("hostPort").asInt(0) == 0 && inside.isNumber()) {
                        port.put("hostPort", inside.asInt(0));
                    }
                });
    }
}
