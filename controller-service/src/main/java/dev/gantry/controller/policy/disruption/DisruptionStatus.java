package dev.gantry.controller.policy.disruption;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a budget says of itself. */
final class DisruptionStatus {
    private static final String CONDITION = "DisruptionAllowed";

    private DisruptionStatus() {}

    /** The budget with its new status; empty where it says so already. */
    static Optional<Resource> of(
            DisruptionView view, ExpectedPods expected, DisruptedPods disrupted, Instant now) {
        int healthy = healthy(view, disrupted);
        // Compat: a budget without pods allows nothing, so that its first pods are safe.
        int surplus = Math.max(0, healthy - expected.healthy());
        int allowed = expected.pods() <= 0 ? 0 : surplus;
        Resource budget = view.budget();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("observedGeneration", (int) budget.generation());
        if (!disrupted.entries().isEmpty()) {
            ObjectNode pods = status.putObject("disruptedPods");
            disrupted.entries().forEach(pods::put);
        }
        status.put("disruptionsAllowed", allowed);
        status.put("currentHealthy", healthy);
        status.put("desiredHealthy", expected.healthy());
        status.put("expectedPods", expected.pods());
        String reason = allowed > 0 ? "SufficientPods" : "InsufficientPods";
        status.set("conditions", conditions(budget, allowed > 0, reason, "", now));
        return changed(budget, status);
    }

    /** The counts stay as they were; nothing may be evicted until they can be known again. */
    static Optional<Resource> failed(Resource budget, String why, Instant now) {
        ObjectNode status =
                budget.status() instanceof ObjectNode before
                        ? before.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        for (String count : new String[] {"currentHealthy", "desiredHealthy", "expectedPods"}) {
            if (!status.hasNonNull(count)) {
                status.put(count, 0);
            }
        }
        status.put("disruptionsAllowed", 0);
        status.set("conditions", conditions(budget, false, "SyncFailed", why, now));
        return changed(budget, status);
    }

    private static int healthy(DisruptionView view, DisruptedPods disrupted) {
        return (int)
                view.pods().stream()
                        .filter(pod -> !pod.isBeingDeleted())
                        .filter(pod -> !disrupted.isWaitingFor(pod))
                        .filter(PodLife::isReady)
                        .count();
    }

    /** Compat: a {@code metav1.Condition}, in which a message is there even where it is empty. */
    private static ArrayNode conditions(
            Resource budget, boolean allows, String reason, String message, Instant now) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : budget.status().path("conditions")) {
            conditions.add(each.deepCopy());
        }
        String status = allows ? "True" : "False";
        Conditions.set(conditions, new Conditions.Wanted(CONDITION, status, reason, message), now);
        for (JsonNode each : conditions) {
            if (each instanceof ObjectNode condition
                    && Resource.text(each, "type").equals(CONDITION)) {
                condition.put("message", message);
                condition.put("observedGeneration", (int) budget.generation());
            }
        }
        return conditions;
    }

    private static Optional<Resource> changed(Resource budget, ObjectNode status) {
        if (status.equals(budget.status())) {
            return Optional.empty();
        }
        Resource after = budget.copy();
        after.tree().set("status", status);
        return Optional.of(after);
    }
}
