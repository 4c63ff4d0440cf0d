package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a StatefulSet says of itself. */
final class StatefulSetStatus {
    private int pods;
    private int ready;
    private int available;
    private int current;
    private int updated;

    private StatefulSetStatus() {}

    /** The set with its new status; empty where it says so already. */
    static Optional<Resource> of(StatefulSetView view, Instant now) {
        var spec = new SetSpec(view.set());
        String update = view.current().revision().name();
        String previous = Rollout.previous(view);
        var counts = new StatefulSetStatus();
        for (Resource pod : view.pods().values()) {
            counts.add(pod, spec, now);
            if (!pod.isBeingDeleted()) {
                counts.current += Identity.revision(pod).equals(previous) ? 1 : 0;
                counts.updated += Identity.revision(pod).equals(update) ? 1 : 0;
            }
        }
        boolean isComplete =
                spec.isRolling()
                        && counts.updated == counts.pods
                        && counts.ready == counts.pods
                        && counts.pods == spec.replicas();
        if (isComplete) {
            counts.current = counts.updated;
            previous = update;
        }
        return changed(view, counts, previous, update);
    }

    private void add(Resource pod, SetSpec spec, Instant now) {
        pods++;
        if (Rollout.isRunning(pod)) {
            ready++;
            boolean isAvailable =
                    PodLife.availableAt(pod, spec.minReady())
                            .filter(at -> !at.isAfter(now))
                            .isPresent();
            available += isAvailable ? 1 : 0;
        }
    }

    private static Optional<Resource> changed(
            StatefulSetView view, StatefulSetStatus counts, String previous, String update) {
        Resource set = view.set();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("observedGeneration", (int) set.generation());
        status.put("replicas", counts.pods);
        putUnlessZero(status, "readyReplicas", counts.ready);
        putUnlessZero(status, "currentReplicas", counts.current);
        putUnlessZero(status, "updatedReplicas", counts.updated);
        status.put("currentRevision", previous).put("updateRevision", update);
        status.put("collisionCount", collisions(view));
        status.put("availableReplicas", counts.available);
        if (set.status().has("conditions")) {
            status.set("conditions", set.status().path("conditions").deepCopy());
        }
        if (status.equals(set.status())) {
            return Optional.empty();
        }
        Resource next = set.copy();
        next.tree().set("status", status);
        return Optional.of(next);
    }

    private static int collisions(StatefulSetView view) {
        int before = view.set().status().path("collisionCount").asInt(0);
        return view.current().isCollision() ? before + 1 : before;
    }

    private static void putUnlessZero(ObjectNode status, String field, int count) {
        if (count > 0) {
            status.put(field, count);
        }
    }
}
