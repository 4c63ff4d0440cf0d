package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.OwnedPods;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a workload that is there already has of its own. */
final class Owned {
    private Owned() {}

    /**
     * Its pods, directly or through ReplicaSets; first those that a controller would rather keep.
     */
    static List<ObjectKey> pods(ClusterObjects cluster, Resource workload) {
        return stored(cluster, workload).stream()
                .flatMap(
                        each ->
                                OwnedPods.pods(
                                        cluster,
                                        each.namespace(),
                                        owner -> owner.uid().equals(each.uid()))
                                        .stream())
                .filter(pod -> !isFinished(pod))
                .sorted(Comparator.comparing(Owned::isWaiting).thenComparing(Resource::name))
                .map(pod -> pod.key(Resources.PODS))
                .toList();
    }

    private static boolean isWaiting(Resource pod) {
        return Resource.text(pod.spec(), "nodeName").isEmpty();
    }

    static boolean hasSameTemplate(ClusterObjects cluster, Resource workload) {
        return stored(cluster, workload)
                .filter(
                        each ->
                                each.spec()
                                        .path("template")
                                        .equals(workload.spec().path("template")))
                .isPresent();
    }

    static boolean isFinished(Resource pod) {
        String phase = Resource.text(pod.status(), "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static Optional<Resource> stored(ClusterObjects cluster, Resource workload) {
        return ClusterObjects.kindOf(workload)
                .flatMap(kind -> cluster.get(workload.key(kind.resource())));
    }
}
