package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The behaviour as it stands in an annotation of version 1.
 *
 * <p>Compat: upstream writes a type there that has no names for JSON: they begin with a capital,
 * and what is absent is null.
 */
final class BehaviorText {
    private static final List<String> WAYS = List.of("ScaleUp", "ScaleDown");
    private static final List<String> RULES =
            List.of("StabilizationWindowSeconds", "SelectPolicy", "Policies", "Tolerance");
    private static final List<String> POLICY = List.of("Type", "Value", "PeriodSeconds");

    private BehaviorText() {}

    static ObjectNode write(ObjectNode behavior) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        for (String way : WAYS) {
            JsonNode rules = behavior.path(small(way));
            text.set(way, rules.isObject() ? rules(rules) : text.nullNode());
        }
        return text;
    }

    private static ObjectNode rules(JsonNode rules) {
        ObjectNode written = capital(rules, RULES);
        if (rules.path("policies").isArray()) {
            ArrayNode policies = written.putArray("Policies");
            rules.path("policies").forEach(each -> policies.add(capital(each, POLICY)));
        }
        return written;
    }

    private static ObjectNode capital(JsonNode object, List<String> names) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            JsonNode value = object.path(small(name));
            written.set(name, value.isMissingNode() ? written.nullNode() : value);
        }
        return written;
    }

    static ObjectNode read(JsonNode text) {
        return (ObjectNode) withSmallNames(text);
    }

    private static JsonNode withSmallNames(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode read = JsonNodeFactory.instance.objectNode();
            for (var each : object.properties()) {
                if (!each.getValue().isNull()) {
                    read.set(small(each.getKey()), withSmallNames(each.getValue()));
                }
            }
            return read;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> read.add(withSmallNames(each)));
            return read;
        }
        return node;
    }

    private static String small(String name) {
        return name.isEmpty()
                ? name
                : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
