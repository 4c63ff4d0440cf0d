package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}, two of which are numbers by another name. */
final class HorizontalPodAutoscalerPrinter implements Printer {
    private static final int SHOWN = 2;
    private static final String UNKNOWN = "<unknown>";

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Reference", "What is scaled."),
                Column.text("Targets", "The metrics: how they are, and how they shall be."),
                Column.text("MinPods", "The fewest pods there may be."),
                Column.text("MaxPods", "The most pods there may be."),
                Column.text("Replicas", "Pods that there are."),
                Column.AGE);
    }

    @Override
    public void print(ObjectNode scaler, Cells row) {
        JsonNode spec = scaler.path("spec");
        JsonNode target = spec.path("scaleTargetRef");
        row.name(scaler)
                .add(target.path("kind").asString("") + "/" + target.path("name").asString(""))
                .add(targets(spec.path("metrics"), scaler.at("/status/currentMetrics")))
                .add(Texts.orUnset(spec, "minReplicas"))
                .add(spec.path("maxReplicas").asInt(0))
                .add(scaler.at("/status/currentReplicas").asInt(0))
                .age(scaler);
    }

    private static String targets(JsonNode metrics, JsonNode statuses) {
        if (metrics.isEmpty()) {
            return Texts.NONE;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            texts.add(metric(metrics.path(i), statuses.path(i)));
        }
        int more = texts.size() - SHOWN;
        return more <= 0
                ? String.join(", ", texts)
                : String.join(", ", texts.subList(0, SHOWN)) + " + " + more + " more...";
    }

    private static String metric(JsonNode metric, JsonNode status) {
        return switch (metric.path("type").asString("")) {
            case "External" -> amount(metric.path("external"), status.path("external"));
            case "Object" -> amount(metric.path("object"), status.path("object"));
            case "Pods" ->
                    value(status.path("pods"), "averageValue", "0")
                            + "/"
                            + metric.at("/pods/target/averageValue").asString("0");
            case "Resource" -> resource(metric.path("resource"), status.path("resource"));
            case "ContainerResource" ->
                    resource(metric.path("containerResource"), status.path("containerResource"));
            default -> "<unknown type>";
        };
    }

    private static String amount(JsonNode metric, JsonNode status) {
        JsonNode target = metric.path("target");
        return target.hasNonNull("averageValue")
                ? value(status, "averageValue", UNKNOWN)
                        + "/"
                        + target.path("averageValue").asString("")
                        + " (avg)"
                : value(status, "value", "0") + "/" + target.path("value").asString("0");
    }

    private static String resource(JsonNode metric, JsonNode status) {
        JsonNode target = metric.path("target");
        String name = metric.path("name").asString("") + ": ";
        if (target.hasNonNull("averageValue")) {
            return name
                    + value(status, "averageValue", "0")
                    + "/"
                    + target.path("averageValue").asString("");
        }
        JsonNode now = status.path("current").path("averageUtilization");
        JsonNode wanted = target.path("averageUtilization");
        return name
                + (now.isNumber() ? now.asInt() + "%" : UNKNOWN)
                + "/"
                + (wanted.isNumber() ? wanted.asInt() + "%" : "<auto>");
    }

    /**
     * @param absent what is shown where there is a status that does not tell
     */
    private static String value(JsonNode status, String field, String absent) {
        return status.isMissingNode() || status.isNull()
                ? UNKNOWN
                : status.path("current").path(field).asString(absent);
    }
}
