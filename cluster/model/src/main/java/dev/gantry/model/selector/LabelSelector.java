package dev.gantry.model.selector;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conjunction of requirements on labels; none at all selects everything.
 *
 * <p>Compat: the query syntax is that of apimachinery's {@code labels.Parse}, the object form that
 * of {@code metav1.LabelSelector}.
 */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** One requirement; {@code values} is empty for the two existence operators. */
    public record Requirement(String key, Operator operator, List<String> values) {
        boolean holdsFor(@Nullable String found) {
            return switch (operator) {
                case IN -> found != null && values.contains(found);
                case NOT_IN -> found == null || !values.contains(found);
                case EXISTS -> found != null;
                case NOT_EXISTS -> found == null;
                case GREATER -> found != null && compare(found) > 0;
                case LESS -> found != null && compare(found) < 0;
            };
        }

        private int compare(String found) {
            try {
                return Long.compare(Long.parseLong(found), Long.parseLong(values.getFirst()));
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
    }

    /** What a requirement asks of one label. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        NOT_EXISTS,
        GREATER,
        LESS
    }

    public boolean selects(Map<String, String> labels) {
        for (Requirement each : requirements) {
            if (!each.holdsFor(labels.get(each.key()))) {
                return false;
            }
        }
        return true;
    }

    /** Cost: asked of each of thousands of pods, without a map of the labels for each. */
    public boolean selects(Resource object) {
        JsonNode labels = object.metadata().path("labels");
        for (Requirement each : requirements) {
            JsonNode found = labels.get(each.key());
            if (!each.holdsFor(found == null ? null : found.asString(""))) {
                return false;
            }
        }
        return true;
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /** Exact matches of every pair, as in a Service's selector. */
    public static LabelSelector exactly(SortedMap<String, String> pairs) {
        List<Requirement> found = new ArrayList<>();
        pairs.forEach((key, value) -> found.add(new Requirement(key, Operator.IN, List.of(value))));
        return new LabelSelector(found);
    }

    /** Reads {@code matchLabels} and {@code matchExpressions}; the node is already validated. */
    public static LabelSelector of(JsonNode selector) {
        List<Requirement> found = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(
                        each ->
                                found.add(
                                        new Requirement(
                                                each.getKey(),
                                                Operator.IN,
                                                List.of(each.getValue().asString("")))));
        for (JsonNode each : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            found.add(
                    new Requirement(
                            each.path("key").asString(""),
                            operatorOf(each.path("operator").asString("")),
                            values));
        }
        return new LabelSelector(found);
    }

    private static Operator operatorOf(String wire) {
        return switch (wire) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.NOT_EXISTS;
            case "Gt" -> Operator.GREATER;
            case "Lt" -> Operator.LESS;
            default -> throw new IllegalArgumentException("no selector operator: " + wire);
        };
    }
}
