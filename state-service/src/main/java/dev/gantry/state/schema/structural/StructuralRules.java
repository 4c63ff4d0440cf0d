package dev.gantry.state.schema.structural;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.Field.ListType;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether values are what a structural schema says.
 *
 * <p>Compat: the words are those of kube-openapi's {@code validate}, as apiextensions-apiserver
 * shows them.
 */
final class StructuralRules {
    private StructuralRules() {}

    static List<FieldError> validate(JsonNode value, StructuralSchema schema) {
        return validate(value, MissingNode.getInstance(), schema);
    }

    /**
     * @param before the value that it replaces: what stays as it was is not judged again; missing
     *     where there is none
     */
    static List<FieldError> validate(JsonNode value, JsonNode before, StructuralSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(value, errors), before, schema);
        return errors;
    }

    static void check(Field field, StructuralSchema schema) {
        check(field, MissingNode.getInstance(), schema);
    }

    private static void check(Field field, JsonNode before, StructuralSchema schema) {
        boolean isNothing = field.value().isNull() && schema.extensions().isNullable();
        if (isNothing || before.equals(field.value())) {
            return;
        }
        if (!isOfType(field.value(), schema)) {
            String found = typeOf(field.value());
            String wanted = schema.extensions().isIntOrString() ? "integer,string" : schema.type();
            field.typeInvalid(
                    found,
                    "%s in body must be of type %s: \"%s\"".formatted(field.path(), wanted, found));
            return;
        }
        JsonNode listed = schema.limits().schema().path("enum");
        if (listed.isArray() && !listed.isEmpty() && !contains(listed, field.value())) {
            List<String> supported = new ArrayList<>();
            listed.forEach(each -> supported.add(each.asString("")));
            field.notSupported(supported);
        }
        switch (field.value()) {
            case ObjectNode object -> object(field, object, before, schema);
            case ArrayNode _ -> list(field, before, schema);
            default -> LimitRules.check(field, schema.limits());
        }
        LogicRules.check(field, schema.limits().logic());
    }

    private static void object(
            Field field, ObjectNode object, JsonNode before, StructuralSchema schema) {
        if (schema.extensions().isEmbedded()) {
            EmbeddedRules.check(field);
        }
        for (String name : schema.limits().required()) {
            if (!object.has(name)) {
                field.child(name).required("");
            }
        }
        for (var entry : object.properties()) {
            String name = entry.getKey();
            StructuralSchema declared = schema.properties().get(name);
            if (declared != null) {
                check(field.child(name), before.path(name), declared);
            } else if (schema.additional().isPresent()) {
                check(field.child(name), before.path(name), schema.additional().get());
            }
        }
        LimitRules.checkProperties(field, schema.limits().schema());
    }

    private static void list(Field field, JsonNode before, StructuralSchema schema) {
        LimitRules.checkItems(field, schema.limits().schema());
        Set<JsonNode> seen = new HashSet<>();
        Correlation items = new Correlation(schema, before);
        for (Field item : field.items()) {
            schema.items().ifPresent(each -> check(item, items.of(item.value()), each));
            if (schema.extensions().listType() == ListType.ATOMIC) {
                continue;
            }
            JsonNode identity = identity(item.value(), schema);
            if (!seen.add(identity)) {
                item.with(identity).duplicate();
            }
        }
    }

    /** What may stand only once in a list: an item itself, or its keys. */
    private static JsonNode identity(JsonNode item, StructuralSchema schema) {
        if (schema.extensions().listType() != ListType.MAP) {
            return item;
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        for (String key : schema.extensions().mapKeys()) {
            if (item.has(key)) {
                keys.set(key, item.path(key));
            }
        }
        return keys;
    }

    private static boolean contains(JsonNode listed, JsonNode value) {
        for (JsonNode each : listed) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode value, StructuralSchema schema) {
        if (schema.extensions().isIntOrString()) {
            return isInteger(value) || value.isString();
        }
        return switch (schema.type()) {
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> isInteger(value);
            case "number" -> value.isNumber();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    /** Compat: {@code 1.0} is one. */
    static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber() || value.isNumber() && value.asDouble() % 1 == 0;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> isInteger(value) ? "integer" : "number";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> "null";
        };
    }
}
