package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.Conversion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Version 1 has a field for the share of CPU and nothing else. All other metrics, the conditions
 * and the behaviour are in annotations, which the stored form does not have.
 *
 * <p>Compat: {@code pkg/apis/autoscaling/v1/conversion.go}.
 */
final class FirstVersion implements Conversion {
    private static final String SPEC_SHARE = "targetCPUUtilizationPercentage";
    private static final String STATUS_SHARE = "currentCPUUtilizationPercentage";

    @Override
    public ObjectNode toStored(ObjectNode object) {
        object.put("apiVersion", Kinds.HORIZONTAL_POD_AUTOSCALER.apiVersion());
        metrics(object);
        currentMetrics(object);
        Annotations.read(object, Annotations.CONDITIONS)
                .ifPresent(found -> Resource.child(object, "status").set("conditions", found));
        Annotations.read(object, Annotations.BEHAVIOR)
                .filter(JsonNode::isObject)
                .ifPresent(
                        found ->
                                Resource.child(object, "spec")
                                        .set("behavior", BehaviorText.read(found)));
        Annotations.drop(object);
        if (object.path("status") instanceof ObjectNode status
                && status.path("currentReplicas").asInt(0) == 0) {
            status.remove("currentReplicas");
        }
        return object;
    }

    /** Compat: the share of CPU comes after the others. */
    private static void metrics(ObjectNode object) {
        ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
        Annotations.read(object, Annotations.METRICS)
                .ifPresent(
                        found -> found.forEach(each -> metrics.add(MetricForms.SPEC.read(each))));
        JsonNode share = object.path("spec").path(SPEC_SHARE);
        if (share.isNumber()) {
            metrics.add(Metrics.cpuUtilization(share.asInt()));
        }
        if (object.path("spec") instanceof ObjectNode spec) {
            spec.remove(SPEC_SHARE);
        }
        if (!metrics.isEmpty()) {
            Resource.child(object, "spec").set("metrics", metrics);
        }
    }

    /** Compat: the annotation says more than the field. */
    private static void currentMetrics(ObjectNode object) {
        ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
        Optional<JsonNode> noted = Annotations.read(object, Annotations.CURRENT);
        noted.ifPresent(found -> found.forEach(each -> metrics.add(MetricForms.STATUS.read(each))));
        JsonNode share = object.path("status").path(STATUS_SHARE);
        if (noted.isEmpty() && share.isNumber()) {
            metrics.add(Metrics.cpuStatus(share.asInt()));
        }
        if (object.path("status") instanceof ObjectNode status) {
            status.remove(STATUS_SHARE);
        }
        if (!metrics.isEmpty()) {
            Resource.child(object, "status").set("currentMetrics", metrics);
        }
    }

    @Override
    public ObjectNode fromStored(ObjectNode object) {
        object.put("apiVersion", HorizontalPodAutoscalerKind.FIRST.apiVersion());
        if (object.path("spec") instanceof ObjectNode spec) {
            spec(object, spec);
        }
        if (object.path("status") instanceof ObjectNode status) {
            status(object, status);
        }
        return object;
    }

    private static void spec(ObjectNode object, ObjectNode spec) {
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        boolean isFirst = true;
        for (JsonNode metric : spec.path("metrics")) {
            JsonNode share = Metrics.utilization(metric, "target");
            if (!share.isNumber()) {
                others.add(MetricForms.SPEC.write(metric));
            } else if (isFirst) {
                spec.put(SPEC_SHARE, share.asInt());
            }
            isFirst = isFirst && !Metrics.isCpu(metric);
        }
        if (!others.isEmpty()) {
            Annotations.write(object, Annotations.METRICS, others);
        }
        if (spec.path("behavior") instanceof ObjectNode behavior) {
            Annotations.write(object, Annotations.BEHAVIOR, BehaviorText.write(behavior));
        }
        spec.remove("metrics");
        spec.remove("behavior");
    }

    private static void status(ObjectNode object, ObjectNode status) {
        ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
        for (JsonNode metric : status.path("currentMetrics")) {
            metrics.add(MetricForms.STATUS.write(metric));
            JsonNode share = Metrics.utilization(metric, "current");
            if (share.isNumber()) {
                status.put(STATUS_SHARE, share.asInt());
            }
        }
        if (!metrics.isEmpty()) {
            Annotations.write(object, Annotations.CURRENT, metrics);
        }
        if (!status.path("conditions").isEmpty()) {
            Annotations.write(object, Annotations.CONDITIONS, ordered(status.path("conditions")));
        }
        status.remove("currentMetrics");
        status.remove("conditions");
        for (String count : new String[] {"currentReplicas", "desiredReplicas"}) {
            if (!status.hasNonNull(count)) {
                status.put(count, 0);
            }
        }
    }

    /** As upstream orders the fields: the annotation is text. */
    private static ArrayNode ordered(JsonNode conditions) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : conditions) {
            ObjectNode condition = all.addObject();
            for (String field :
                    List.of("type", "status", "lastTransitionTime", "reason", "message")) {
                if (each.has(field)) {
                    condition.set(field, each.path(field));
                }
            }
        }
        return all;
    }

    @Override
    public Optional<String> storedField(String field) {
        return Optional.of(field);
    }
}
