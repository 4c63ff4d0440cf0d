package dev.gantry.controller.workload.daemonset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a DaemonSet says of itself: of each node, how its oldest pod is. */
final class DaemonSetStatus {
    private int desired;
    private int current;
    private int misscheduled;
    private int ready;
    private int available;
    private int updated;

    private DaemonSetStatus() {}

    /** The set with its new status; empty where it says so already. */
    static Optional<Resource> of(DaemonSetView view, Instant now) {
        var counts = new DaemonSetStatus();
        for (Map.Entry<String, Suitability> each : view.suitability().entrySet()) {
            List<Resource> pods = view.podsOf(each.getKey());
            if (each.getValue() == Suitability.RUN) {
                counts.desired++;
                counts.add(pods, view, now);
            } else if (!pods.isEmpty()) {
                counts.misscheduled++;
            }
        }
        return counts.changed(view);
    }

    private void add(List<Resource> pods, DaemonSetView view, Instant now) {
        if (pods.isEmpty()) {
            return;
        }
        current++;
        Resource oldest = pods.getFirst();
        if (PodLife.isReady(oldest)) {
            ready++;
            boolean isAvailable =
                    PodLife.availableAt(oldest, view.minReady())
                            .filter(at -> !at.isAfter(now))
                            .isPresent();
            available += isAvailable ? 1 : 0;
        }
        updated += view.isCurrent(oldest) ? 1 : 0;
    }

    private Optional<Resource> changed(DaemonSetView view) {
        Resource set = view.set();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("currentNumberScheduled", current)
                .put("numberMisscheduled", misscheduled)
                .put("desiredNumberScheduled", desired)
                .put("numberReady", ready);
        putUnlessZero(status, "observedGeneration", (int) set.generation());
        putUnlessZero(status, "updatedNumberScheduled", updated);
        putUnlessZero(status, "numberAvailable", available);
        putUnlessZero(status, "numberUnavailable", desired - available);
        int collisions = set.status().path("collisionCount").asInt(0);
        putUnlessZero(
                status,
                "collisionCount",
                view.current().isCollision() ? collisions + 1 : collisions);
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

    private static void putUnlessZero(ObjectNode status, String field, int count) {
        if (count > 0) {
            status.put(field, count);
        }
    }
}
