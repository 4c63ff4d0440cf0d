package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of an autoscaler as it is put together. One decision owns it. */
final class StatusDraft {
    private final Resource before;
    private final ObjectNode status;
    private final ArrayNode conditions;
    private final Instant now;

    StatusDraft(Resource before, Instant now) {
        this.before = before;
        this.status = Resource.child(before.copy().tree(), "status");
        this.conditions = Resource.array(status, "conditions");
        this.now = now;
    }

    void set(Wanted condition) {
        Conditions.set(conditions, condition, now);
    }

    void cannotScale(String reason, String message) {
        set(new Wanted("AbleToScale", "False", reason, message));
    }

    void isInactive(String reason, String message) {
        set(new Wanted("ScalingActive", "False", reason, message));
    }

    void current(int replicas) {
        status.put("currentReplicas", replicas);
    }

    void desired(int replicas) {
        status.put("desiredReplicas", replicas);
    }

    void scaled() {
        status.put("lastScaleTime", Conditions.timestamp(now));
    }

    /** None where metrics were not asked. */
    void metrics(List<ObjectNode> metrics) {
        if (metrics.isEmpty()) {
            status.putNull("currentMetrics");
        } else {
            status.putArray("currentMetrics").addAll(metrics);
        }
    }

    /** Nothing where the autoscaler says so already. */
    Optional<Action> put() {
        if (status.equals(normal(before.status()))) {
            return Optional.empty();
        }
        Resource after = before.copy();
        after.tree().set("status", status);
        return Optional.of(
                new Action.PutStatus(
                        HorizontalPodAutoscalerController.AUTOSCALERS, after, before.revision()));
    }

    /** An empty list of metrics is none; a status without conditions has an empty list of them. */
    private static JsonNode normal(JsonNode status) {
        if (!(status instanceof ObjectNode object)) {
            return status;
        }
        ObjectNode copy = object.deepCopy();
        Resource.array(copy, "conditions");
        if (copy.has("currentMetrics") && copy.path("currentMetrics").isEmpty()) {
            copy.putNull("currentMetrics");
        }
        return copy;
    }
}
