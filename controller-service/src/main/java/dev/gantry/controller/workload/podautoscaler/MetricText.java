package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a metric: its name in events, its entry of the status, and why it cannot be had.
 *
 * <p>Compat: the words of horizontal.go and replica_calculator.go.
 */
final class MetricText {
    private MetricText() {}

    static String called(MetricSpec metric) {
        String name = metric.name();
        return switch (metric.type()) {
            case RESOURCE, CONTAINER_RESOURCE -> {
                if (metric.averageValueMilli().isPresent()) {
                    yield name + " resource";
                }
                boolean isWhole = metric.type() == MetricSpec.Type.RESOURCE;
                yield "%s %s utilization (percentage of request)"
                        .formatted(name, isWhole ? "resource" : "container resource");
            }
            case PODS -> "pods metric " + name;
            case OBJECT ->
                    metric.averageValueMilli().isPresent()
                            ? external(metric)
                            : Resource.text(metric.describedObject(), "kind") + " metric " + name;
            case EXTERNAL -> external(metric);
        };
    }

    private static String external(MetricSpec metric) {
        return "external metric %s(%s)"
                .formatted(metric.name(), SelectorText.printed(metric.selector()));
    }

    static ObjectNode status(MetricSpec metric, Calculation.Replicas found) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("type", metric.type().wire());
        ObjectNode source = status.putObject(metric.type().field());
        boolean isWhole = metric.valueMilli().isPresent() && !metric.isOfResource();
        for (String field :
                metric.isOfResource()
                        ? new String[] {"name", "container"}
                        : new String[] {"metric", "describedObject"}) {
            JsonNode value = metric.source().path(field);
            if (!value.isMissingNode()) {
                source.set(field, value.deepCopy());
            }
        }
        ObjectNode current = source.putObject("current");
        found.utilization().ifPresent(percent -> current.put("averageUtilization", percent));
        boolean isAverage = metric.averageValueMilli().isPresent() || !isWhole;
        current.put(
                isAverage ? "averageValue" : "value",
                Quantity.ofMilli(found.valueMilli()).toString());
        return status;
    }

    static String ofResource(MetricSpec metric, String why) {
        String what = metric.averageValueMilli().isPresent() ? "usage" : "utilization";
        return "failed to get %s %s: %s".formatted(metric.name(), what, why);
    }

    /** Where its API has no answer. */
    static String unavailable(MetricSpec metric, String namespace, String why) {
        String name = metric.name();
        return switch (metric.type()) {
            case RESOURCE, CONTAINER_RESOURCE ->
                    ofResource(
                            metric,
                            "unable to get metrics for resource %s: %s".formatted(name, why));
            case PODS -> "unable to get metric %s: %s".formatted(name, why);
            case OBJECT ->
                    "unable to get metric %s: %s on %s %s/%s"
                            .formatted(
                                    name,
                                    Resource.text(metric.describedObject(), "kind"),
                                    namespace,
                                    Resource.text(metric.describedObject(), "name"),
                                    why);
            case EXTERNAL ->
                    "unable to get external metric %s/%s/%s: %s"
                            .formatted(
                                    namespace, name, SelectorText.printed(metric.selector()), why);
        };
    }

    /** As it is told of among other metrics. */
    static String error(MetricSpec metric, String why) {
        String name = metric.name();
        boolean isAverage = metric.averageValueMilli().isPresent();
        return switch (metric.type()) {
            case RESOURCE -> "failed to get %s resource metric value: %s".formatted(name, why);
            case CONTAINER_RESOURCE ->
                    "failed to get %s container metric value: %s"
                            .formatted(metric.container(), why);
            case PODS -> "failed to get pods metric value: " + why;
            case OBJECT ->
                    "failed to get object metric value: "
                            + (isAverage
                                    ? "failed to get %s object metric: %s".formatted(name, why)
                                    : why);
            case EXTERNAL ->
                    "failed to get %s external metric value: %s: %s"
                            .formatted(
                                    name,
                                    isAverage
                                            ? "failed to get %s external metric".formatted(name)
                                            : "failed to get external metric " + name,
                                    why);
        };
    }
}
