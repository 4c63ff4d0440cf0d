package dev.gantry.state.validation;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** JSON values as Go prints what {@code encoding/json} makes of them. */
public final class GoValue {
    private GoValue() {}

    /** As {@code %v} does: {@code map[a:[1 2]]}. */
    public static String printed(JsonNode value) {
        if (value.isObject()) {
            return sorted(value).entrySet().stream()
                    .map(each -> each.getKey() + ":" + printed(each.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(GoValue::printed)
                    .collect(Collectors.joining(" ", "[", "]"));
        }
        return value.isNull() ? "<nil>" : value.asString();
    }

    /** As {@code %#v} does: <code>map[string]interface {}{"a":1}</code>. */
    public static String inGoSyntax(JsonNode value) {
        if (value.isObject()) {
            return sorted(value).entrySet().stream()
                    .map(each -> GoText.quote(each.getKey()) + ":" + inGoSyntax(each.getValue()))
                    .collect(Collectors.joining(", ", type(value) + "{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(GoValue::inGoSyntax)
                    .collect(Collectors.joining(", ", type(value) + "{", "}"));
        }
        return switch (value.getNodeType()) {
            case NULL -> "interface {}(nil)";
            case STRING -> GoText.quote(value.stringValue());
            default -> value.asString();
        };
    }

    /** As {@code %T} does. */
    public static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            default -> "<nil>";
        };
    }

    /** As {@code encoding/json} names it where a value of another type is wanted. */
    public static String jsonKind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> "number";
        };
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }
}
