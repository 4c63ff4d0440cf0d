package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/autoscaling} and {@code pkg/apis/autoscaling/v2/defaults.go}. */
public final class HorizontalPodAutoscalerStrategy implements Strategy {
    private static final int UTILIZATION = 80;
    private static final int PERIOD_SECONDS = 15;
    private static final int PODS_AT_LEAST = 4;
    private static final int DOUBLE = 100;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.number(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            spec.putArray("metrics").add(Metrics.cpuUtilization(UTILIZATION));
        }
        Defaults.within(spec, "behavior", HorizontalPodAutoscalerStrategy::behavior);
        Defaults.each(spec.path("metrics"), each -> quantities(each, "target"));
        Defaults.each(
                object.path("status").path("currentMetrics"), each -> quantities(each, "current"));
        Annotations.drop(object);
    }

    /** Compat: a behaviour that says something of one way says it of both. */
    private static void behavior(ObjectNode behavior) {
        ObjectNode up = Resource.child(behavior, "scaleUp");
        Defaults.number(up, "stabilizationWindowSeconds", 0);
        rules(up, List.of(policy("Pods", PODS_AT_LEAST), policy("Percent", DOUBLE)));
        rules(Resource.child(behavior, "scaleDown"), List.of(policy("Percent", DOUBLE)));
    }

    private static void rules(ObjectNode rules, List<ObjectNode> policies) {
        if (!rules.hasNonNull("selectPolicy")) {
            rules.put("selectPolicy", "Max");
        }
        if (!(rules.path("policies") instanceof ArrayNode)) {
            rules.putArray("policies").addAll(policies);
        }
        Quantities.canonical(rules, "tolerance");
    }

    private static ObjectNode policy(String type, int value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("value", value)
                .put("periodSeconds", PERIOD_SECONDS);
    }

    private static void quantities(ObjectNode metric, String part) {
        for (String source : Metrics.SOURCES) {
            Defaults.within(
                    metric.path(source),
                    part,
                    amounts -> {
                        Quantities.canonical(amounts, "value");
                        Quantities.canonical(amounts, "averageValue");
                    });
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return validate(object, 1, MissingNode.getInstance());
    }

    private static List<FieldError> validate(ObjectNode object, int fewest, JsonNode target) {
        List<FieldError> errors = new ArrayList<>();
        AutoscalerRules.spec(Field.root(object, errors).child("spec"), fewest, target);
        return errors;
    }

    /** Compat: a scaler that may scale to zero already keeps doing so. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        JsonNode before = stored.path("spec");
        boolean isToZero = before.path("minReplicas").asInt(1) == 0;
        return validate(updated, isToZero ? 0 : 1, before.path("scaleTargetRef"));
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        status.child("currentReplicas").nonNegative();
        status.child("desiredReplicas").nonNegative();
        return errors;
    }
}
