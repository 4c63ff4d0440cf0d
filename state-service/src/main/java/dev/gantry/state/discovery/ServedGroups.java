package dev.gantry.state.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** Compat: the priority of groups of custom resources. */
    private static final int CUSTOM = 1000;

    private final List<ServedResource> resources;

    private final List<RemoteVersion> remote;

    /** What extension servers answer is theirs, even where this server has the same version. */
    ServedGroups(List<ServedResource> local, List<RemoteVersion> remote) {
        this.remote = remote;
        this.resources =
                Stream.concat(
                                local.stream().filter(each -> remote(each).isEmpty()),
                                remote.stream().flatMap(each -> each.resources().stream()))
                        .sorted(Comparator.comparing(ServedResource::plural))
                        .toList();
    }

    /** The core group, which has an empty name, comes first. */
    List<String> names() {
        return Stream.concat(
                        resources.stream().map(each -> each.kind().group()),
                        remote.stream().map(RemoteVersion::group))
                .distinct()
                .sorted(
                        Comparator.comparingInt(ServedGroups::rank)
                                .thenComparing(this::priority, Comparator.reverseOrder())
                                .thenComparing(each -> each))
                .toList();
    }

    /** The preferred version first. */
    List<String> versions(String group) {
        return Stream.concat(
                        resources.stream()
                                .filter(each -> each.kind().group().equals(group))
                                .map(each -> each.kind().version()),
                        remote.stream()
                                .filter(each -> each.group().equals(group))
                                .map(RemoteVersion::version))
                .distinct()
                .sorted(VersionOrder.NEWEST_STABLE_FIRST)
                .toList();
    }

    /** Whether what is told of it is as new as can be. */
    boolean isCurrent(String group, String version) {
        return remote.stream()
                .filter(each -> each.group().equals(group) && each.version().equals(version))
                .allMatch(RemoteVersion::isCurrent);
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

    private Optional<RemoteVersion> remote(ServedResource local) {
        return remote.stream()
                .filter(each -> each.apiVersion().equals(local.kind().apiVersion()))
                .findFirst();
    }

    private int priority(String group) {
        return remote.stream()
                .filter(each -> each.group().equals(group))
                .mapToInt(each -> each.priority().ofGroup())
                .max()
                .orElse(CUSTOM);
    }

    private static int rank(String group) {
        int place = ORDER.indexOf(group);
        return place < 0 ? ORDER.size() : place;
    }
}
