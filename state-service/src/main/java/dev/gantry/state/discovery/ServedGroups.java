package dev.gantry.state.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Served resources by group and version, in the order in which clients shall prefer them. */
final class ServedGroups {
    /** Compat: the priorities that kube-aggregator gives to the built-in groups. */
    private static final List<String> ORDER =
            List.of(
                    "",
                    "apiregistration.k8s.io",
                    "apps",
                    "events.k8s.io",
                    "authentication.k8s.io",
                    "authorization.k8s.io",
                    "autoscaling",
                    "batch",
                    "certificates.k8s.io",
                    "networking.k8s.io",
                    "policy",
                    "rbac.authorization.k8s.io",
                    "storage.k8s.io",
                    "admissionregistration.k8s.io",
                    "apiextensions.k8s.io",
                    "scheduling.k8s.io",
                    "coordination.k8s.io",
                    "node.k8s.io",
                    "discovery.k8s.io",
                    "resource.k8s.io",
                    "flowcontrol.apiserver.k8s.io");

    private final List<ServedResource> resources;

    ServedGroups(List<ServedResource> resources) {
        this.resources =
                resources.stream().sorted(Comparator.comparing(ServedResource::plural)).toList();
    }

    /** The core group, which has an empty name, comes first. */
    List<String> names() {
        return resources.stream()
                .map(each -> each.kind().group())
                .distinct()
                .sorted(Comparator.comparingInt(ServedGroups::rank).thenComparing(each -> each))
                .toList();
    }

    /** The preferred version first. */
    List<String> versions(String group) {
        return resources.stream()
                .filter(each -> each.kind().group().equals(group))
                .map(each -> each.kind().version())
                .distinct()
                .sorted(VersionOrder.NEWEST_STABLE_FIRST)
                .toList();
    }

    List<ServedResource> of(String group, String version) {
        List<ServedResource> found = new ArrayList<>();
        for (ServedResource each : resources) {
            if (each.kind().group().equals(group) && each.kind().version().equals(version)) {
                found.add(each);
            }
        }
        return found;
    }

    private static int rank(String group) {
        int place = ORDER.indexOf(group);
        return place < 0 ? ORDER.size() : place;
    }
}
