package dev.gantry.cli.why;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The pods of a gang that are there.
 *
 * @param gang by the pod that asks for the largest gang, or by the PodGroup that they name
 * @param placed those that have a node
 * @param waiting those that have none
 */
record GangStatus(Gang gang, List<Resource> placed, List<Resource> waiting) {
    /** Where a pod would go, or why it would go nowhere. */
    record TriedPod(Resource pod, Placement placement) {
        Optional<String> node() {
            return placement instanceof Placed placed
                    ? Optional.of(placed.node())
                    : Optional.empty();
        }

        String why() {
            return placement instanceof Placement.Unplaced unplaced ? unplaced.message("") : "";
        }

        Optional<Resource> bound() {
            return node().map(
                            node -> {
                                Resource copy = pod.copy();
                                Resource.child(copy.tree(), "spec").put("nodeName", node);
                                return copy;
                            });
        }
    }

    /** Of the pod's gang; empty where it has none, or one that has its nodes and needs no more. */
    static Optional<GangStatus> of(ClusterObjects cluster, Resource pod) {
        Gang named = sized(Gang.of(pod), cluster);
        if (named.isNone()) {
            return Optional.empty();
        }
        List<Resource> placed = new ArrayList<>();
        List<Resource> waiting = new ArrayList<>();
        Gang gang = named;
        for (Resource each : cluster.pods()) {
            Gang its = Gang.of(each);
            if (isOf(named, its) && isThere(each)) {
                boolean isPlaced = !Resource.text(each.spec(), "nodeName").isEmpty();
                (isPlaced ? placed : waiting).add(each);
                gang = its.size() > gang.size() ? its : gang;
            }
        }
        if (placed.size() >= gang.size()) {
            return Optional.empty();
        }
        waiting.sort(
                Comparator.comparing((Resource each) -> each.creationTime().orElse(Instant.MAX))
                        .thenComparing(Resource::name));
        return Optional.of(new GangStatus(gang, List.copyOf(placed), List.copyOf(waiting)));
    }

    /** Whether the pod waits for the PodGroup that it names to be made. */
    static boolean lacksGroup(ClusterObjects cluster, Resource pod) {
        return sized(Gang.of(pod), cluster).isForPodGroupToSay();
    }

    private static Gang sized(Gang gang, ClusterObjects cluster) {
        return !gang.isForPodGroupToSay()
                ? gang
                : cluster.get(new ObjectKey(Resources.POD_GROUPS, gang.namespace(), gang.name()))
                        .map(PodGroup::of)
                        .map(Gang::of)
                        .orElse(gang);
    }

    private static boolean isOf(Gang gang, Gang its) {
        return its.name().equals(gang.name()) && its.namespace().equals(gang.namespace());
    }

    /** A pod that scheduling gates hold back does not count yet. */
    private static boolean isThere(Resource pod) {
        return !pod.isBeingDeleted()
                && pod.spec().path("schedulingGates").isEmpty()
                && !Resource.text(pod.status(), "phase").matches("Succeeded|Failed");
    }

    int missing() {
        return Math.max(0, gang.size() - placed.size() - waiting.size());
    }

    /**
     * Where those that wait would go: one after the other, each on what the ones before have left,
     * as the scheduler tries them; but where one finds no place the rest is tried all the same.
     * Afterwards the what-if cluster is as before.
     */
    List<TriedPod> tried(WhatIfCluster whatIf, UnaryOperator<Resource> edited) {
        return whatIf.tryOut(
                () -> {
                    List<TriedPod> tried = new ArrayList<>();
                    for (Resource each : waiting) {
                        Resource pod = edited.apply(each);
                        var trial = new TriedPod(pod, whatIf.place(pod));
                        trial.bound()
                                .ifPresent(
                                        bound ->
                                                whatIf.put(
                                                        ClusterObjects.pod(
                                                                pod.namespace(), pod.name()),
                                                        bound));
                        tried.add(trial);
                    }
                    return tried;
                });
    }

    boolean allFit(WhatIfCluster whatIf, UnaryOperator<Resource> edited) {
        return tried(whatIf, edited).stream().allMatch(each -> each.node().isPresent());
    }
}
