package dev.gantry.client.controller;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What extension servers add to the kinds that there are. */
public final class AggregatedKinds {
    /** Groups that only measure: nothing is stored behind them. */
    private static final Set<String> METRICS =
            Set.of("metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io");

    private AggregatedKinds() {}

    /**
     * The APIServices that a Service stands behind, in a group the preferred version first, without
     * those that serve metrics.
     */
    public static List<Resource> services(ClusterReader cluster) {
        return services(cluster.list(Kinds.API_SERVICE.resource()));
    }

    public static List<Resource> services(List<Resource> all) {
        return all.stream()
                .filter(each -> each.spec().path("service").isObject())
                .filter(each -> !METRICS.contains(group(each)))
                .sorted(
                        Comparator.comparing(AggregatedKinds::group)
                                .thenComparing(
                                        each -> -each.spec().path("versionPriority").asInt(0))
                                .thenComparing(Resource::name))
                .toList();
    }

    public static String group(Resource service) {
        return Resource.text(service.spec(), "group");
    }

    public static String version(Resource service) {
        return Resource.text(service.spec(), "version");
    }

    /** Whether a resource, as discovery tells of it, has all these verbs. */
    public static boolean allows(JsonNode resource, Set<String> verbs) {
        Set<String> allowed = new HashSet<>();
        resource.path("verbs").forEach(each -> allowed.add(each.asString("")));
        return allowed.containsAll(verbs);
    }

    /**
     * The kinds whose objects can be followed, and deleted. Compat: {@code GetDeletableResources}.
     *
     * @param resources as discovery tells of them
     */
    public static List<Kind> collectable(Resource service, JsonNode resources) {
        List<Kind> kinds = new ArrayList<>();
        for (JsonNode each : resources) {
            String plural = Resource.text(each, "name");
            if (plural.contains("/") || !allows(each, Set.of("list", "watch", "delete"))) {
                continue;
            }
            String kind = Resource.text(each, "kind");
            kinds.add(
                    each.path("namespaced").asBoolean(false)
                            ? Kind.namespaced(group(service), version(service), kind, plural)
                            : Kind.ofCluster(group(service), version(service), kind, plural));
        }
        return kinds;
    }
}
