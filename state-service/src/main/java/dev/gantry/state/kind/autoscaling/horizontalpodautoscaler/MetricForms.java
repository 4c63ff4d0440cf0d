package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics as version 1 writes them into annotations: flat, where the stored form has metric and
 * target as parts. In the order in which upstream writes them.
 *
 * @param sources the fields of each source of metrics
 */
record MetricForms(Map<String, List<Place>> sources, boolean isSpec) {
    private static final List<String> ORDER =
            List.of("object", "pods", "resource", "containerResource", "external");

    private static final Place METRIC = Place.of("metricName=metric/name");
    private static final Place SELECTOR = Place.of("selector=metric/selector");
    private static final Place OBJECT = Place.of("target=describedObject");
    private static final Place NAME = Place.of("name=name");
    private static final Place CONTAINER = Place.of("container=container");
    private static final Place SELECTOR_OUTSIDE = Place.of("metricSelector=metric/selector");

    static final MetricForms SPEC = new MetricForms(specs(), true);
    static final MetricForms STATUS = new MetricForms(statuses(), false);

    /**
     * Where one value stands.
     *
     * @param flat its name in version 1
     * @param part of the source in the stored form; empty where it is the source itself
     * @param isAlways whether version 1 writes it where it is absent, too: as zero
     */
    private record Place(String flat, String part, String name, boolean isAlways) {
        /** {@code flat=part/name}, and an exclamation mark for what is always there. */
        static Place of(String text) {
            boolean isAlways = text.endsWith("!");
            String[] sides = text.replace("!", "").split("=", -1);
            int slash = sides[1].indexOf('/');
            return new Place(
                    sides[0],
                    slash < 0 ? "" : sides[1].substring(0, slash),
                    sides[1].substring(slash + 1),
                    isAlways);
        }

        void read(JsonNode source, ObjectNode stored) {
            JsonNode value = source.path(flat);
            if (!value.isMissingNode() && !value.isNull()) {
                (part.isEmpty() ? stored : Resource.child(stored, part)).set(name, value);
            }
        }

        void write(JsonNode stored, ObjectNode source) {
            JsonNode value = (part.isEmpty() ? stored : stored.path(part)).path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                source.set(flat, flat.equals("target") ? ordered(value) : value);
            } else if (isAlways) {
                source.put(flat, "0");
            }
        }
    }

    private static ObjectNode ordered(JsonNode reference) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("kind", "name", "apiVersion")) {
            if (reference.hasNonNull(field)) {
                ordered.set(field, reference.path(field));
            }
        }
        return ordered;
    }

    private static Map<String, List<Place>> specs() {
        Place share = Place.of("targetAverageUtilization=target/averageUtilization");
        Place average = Place.of("targetAverageValue=target/averageValue");
        return Map.of(
                "object",
                List.of(
                        OBJECT,
                        METRIC,
                        Place.of("targetValue=target/value!"),
                        SELECTOR,
                        Place.of("averageValue=target/averageValue")),
                "pods",
                List.of(METRIC, Place.of("targetAverageValue=target/averageValue!"), SELECTOR),
                "resource",
                List.of(NAME, share, average),
                "containerResource",
                List.of(NAME, share, average, CONTAINER),
                "external",
                List.of(METRIC, SELECTOR_OUTSIDE, Place.of("targetValue=target/value"), average));
    }

    private static Map<String, List<Place>> statuses() {
        Place share = Place.of("currentAverageUtilization=current/averageUtilization");
        Place average = Place.of("currentAverageValue=current/averageValue!");
        Place value = Place.of("currentValue=current/value!");
        return Map.of(
                "object",
                List.of(
                        OBJECT,
                        METRIC,
                        value,
                        SELECTOR,
                        Place.of("averageValue=current/averageValue")),
                "pods",
                List.of(METRIC, average, SELECTOR),
                "resource",
                List.of(NAME, share, average),
                "containerResource",
                List.of(NAME, share, average, CONTAINER),
                "external",
                List.of(
                        METRIC,
                        SELECTOR_OUTSIDE,
                        value,
                        Place.of("currentAverageValue=current/averageValue")));
    }

    ObjectNode read(JsonNode metric) {
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("type", metric.path("type").asString(""));
        for (String source : ORDER) {
            if (metric.path(source) instanceof ObjectNode flat) {
                ObjectNode made = stored.putObject(source);
                sources.getOrDefault(source, List.of()).forEach(each -> each.read(flat, made));
                if (isSpec) {
                    made.set("target", withType(source, Resource.child(made, "target")));
                }
            }
        }
        return stored;
    }

    /** Version 1 does not say what kind of target it is: what is given tells. */
    private static ObjectNode withType(String source, ObjectNode target) {
        String type =
                switch (source) {
                    case "object" -> target.has("averageValue") ? "AverageValue" : "Value";
                    case "external" -> target.has("value") ? "Value" : "AverageValue";
                    case "pods" -> "AverageValue";
                    default -> target.has("averageUtilization") ? "Utilization" : "AverageValue";
                };
        ObjectNode typed = JsonNodeFactory.instance.objectNode().put("type", type);
        typed.setAll(target);
        return typed;
    }

    ObjectNode write(JsonNode metric) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        flat.put("type", metric.path("type").asString(""));
        for (String source : ORDER) {
            JsonNode stored = metric.path(source);
            if (stored.isObject()) {
                ObjectNode made = flat.putObject(source);
                sources.getOrDefault(source, List.of()).forEach(each -> each.write(stored, made));
            }
        }
        return flat;
    }
}
