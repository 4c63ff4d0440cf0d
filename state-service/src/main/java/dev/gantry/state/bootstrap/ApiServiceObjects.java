package dev.gantry.state.bootstrap;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.discovery.ServedResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * An APIService for each version of a group that this server answers itself.
 *
 * <p>Compat: the priorities of {@code pkg/controlplane/apiserver}; a group or version that upstream
 * does not have comes last.
 */
final class ApiServiceObjects {
    private static final int LAST = 1000;
    private static final int USUAL = 15;
    private static final Map<String, Integer> GROUPS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("", 18_000),
                            Map.entry("apps", 17_800),
                            Map.entry("events.k8s.io", 17_750),
                            Map.entry("authentication.k8s.io", 17_700),
                            Map.entry("authorization.k8s.io", 17_600),
                            Map.entry("autoscaling", 17_500),
                            Map.entry("batch", 17_400),
                            Map.entry("certificates.k8s.io", 17_300),
                            Map.entry("networking.k8s.io", 17_200),
                            Map.entry("policy", 17_100),
                            Map.entry("rbac.authorization.k8s.io", 17_000),
                            Map.entry("storage.k8s.io", 16_800),
                            Map.entry("admissionregistration.k8s.io", 16_700),
                            Map.entry("apiextensions.k8s.io", 16_700),
                            Map.entry("scheduling.k8s.io", 16_600),
                            Map.entry("coordination.k8s.io", 16_500),
                            Map.entry("node.k8s.io", 16_300),
                            Map.entry("discovery.k8s.io", 16_200),
                            Map.entry("resource.k8s.io", 16_200),
                            Map.entry("flowcontrol.apiserver.k8s.io", 16_100)));
    private static final Map<String, Integer> VERSIONS =
            new TreeMap<>(
                    Map.of(
                            "v1.", 1,
                            "v2.autoscaling", 30,
                            "v1.resource.k8s.io", 21,
                            "v1.flowcontrol.apiserver.k8s.io", 21));

    private ApiServiceObjects() {}

    /** Compat: upstream has none for APIServices themselves. */
    static List<WantedObject> all(List<ServedResource> served) {
        Set<String> names = new TreeSet<>();
        for (ServedResource each : served) {
            if (!each.kind().group().equals(Kinds.API_SERVICE.group())) {
                names.add(each.kind().version() + "." + each.kind().group());
            }
        }
        return names.stream().map(ApiServiceObjects::of).toList();
    }

    private static WantedObject of(String name) {
        int dot = name.indexOf('.');
        String group = name.substring(dot + 1);
        ObjectNode object = ClusterPlan.object(Kinds.API_SERVICE, "", name);
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.putObject("labels").put("kube-aggregator.kubernetes.io/automanaged", "onstart");
        ObjectNode spec = object.putObject("spec").put("version", name.substring(0, dot));
        if (!group.isEmpty()) {
            spec.put("group", group);
        }
        spec.put("groupPriorityMinimum", GROUPS.getOrDefault(group, LAST));
        spec.put("versionPriority", VERSIONS.getOrDefault(name, USUAL));
        return new WantedObject(Kinds.API_SERVICE, object, Set.of());
    }
}
