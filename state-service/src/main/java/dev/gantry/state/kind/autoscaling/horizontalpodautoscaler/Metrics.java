package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one metric that version 1 has a field for: the share of CPU that pods use. */
final class Metrics {
    /** Where a metric says more, by its type. */
    static final List<String> SOURCES =
            List.of("object", "external", "pods", "resource", "containerResource");

    private static final String UTILIZATION = "averageUtilization";

    private Metrics() {}

    static ObjectNode cpuUtilization(int percent) {
        ObjectNode metric = cpu();
        ((ObjectNode) metric.path("resource"))
                .putObject("target")
                .put("type", "Utilization")
                .put(UTILIZATION, percent);
        return metric;
    }

    static ObjectNode cpuStatus(int percent) {
        ObjectNode metric = cpu();
        ((ObjectNode) metric.path("resource")).putObject("current").put(UTILIZATION, percent);
        return metric;
    }

    private static ObjectNode cpu() {
        ObjectNode metric = JsonNodeFactory.instance.objectNode().put("type", "Resource");
        metric.putObject("resource").put("name", "cpu");
        return metric;
    }

    static boolean isCpu(JsonNode metric) {
        return metric.path("type").asString("").equals("Resource")
                && metric.path("resource").path("name").asString("").equals("cpu");
    }

    /** A missing node where it is no share of CPU. */
    static JsonNode utilization(JsonNode metric, String part) {
        return isCpu(metric)
                ? metric.path("resource").path(part).path(UTILIZATION)
                : JsonNodeFactory.instance.missingNode();
    }
}
