package dev.gantry.state.schema.structural;

import dev.gantry.expression.CelForm;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What values of a schema look like to the rules that it has.
 *
 * <p>Compat: {@code SchemaDeclType} of apiextensions-apiserver. Where a schema says nothing of a
 * size, as much is reckoned with as one request can bring.
 */
public final class RuleForms {
    private static final long REQUEST_BYTES = 3 * 1024 * 1024 - 2;
    private static final int ENTRY_BYTES = 6;
    private static final long UNKNOWN_NUMBER = -1;

    private RuleForms() {}

    /**
     * Empty where rules can say nothing of a value.
     *
     * @param name of the type, for the types below it too
     * @param isResource an object with apiVersion, kind and metadata
     */
    public static Optional<CelForm> of(StructuralSchema schema, String name, boolean isResource) {
        if (schema.extensions().isIntOrString()) {
            return Optional.of(CelForm.anything(limit(schema, "maxLength", REQUEST_BYTES)));
        }
        return switch (schema.type()) {
            case "string" -> Optional.of(text(schema));
            case "boolean" -> Optional.of(CelForm.TRUTH);
            case "integer" -> Optional.of(CelForm.INTEGER);
            case "number" -> Optional.of(CelForm.NUMBER);
            case "array" -> list(schema, name);
            case "object" -> object(schema, name, isResource);
            default -> Optional.empty();
        };
    }

    private static CelForm text(StructuralSchema schema) {
        long longest = limit(schema, "maxLength", longest(schema));
        return switch (schema.limits().schema().path("format").asString("")) {
            case "date", "date-time" -> CelForm.MOMENT;
            case "byte" -> CelForm.bytes(longest);
            default -> CelForm.text(longest);
        };
    }

    private static long longest(StructuralSchema schema) {
        long longest = 0;
        for (JsonNode each : schema.limits().schema().path("enum")) {
            longest = Math.max(longest, each.asString("").length());
        }
        return longest > 0 ? longest : REQUEST_BYTES;
    }

    private static Optional<CelForm> list(StructuralSchema schema, String name) {
        return schema.items()
                .flatMap(
                        items ->
                                of(items, name + ".@idx", items.extensions().isEmbedded())
                                        .map(form -> CelForm.list(form, mostItems(schema))));
    }

    private static Optional<CelForm> object(
            StructuralSchema schema, String name, boolean isResource) {
        if (schema.properties().isEmpty() && schema.additional().isPresent()) {
            StructuralSchema values = schema.additional().get();
            return of(values, name + ".@elem", values.extensions().isEmbedded())
                    .map(form -> CelForm.map(form, mostProperties(schema)));
        }
        SortedMap<String, CelForm> fields = new TreeMap<>();
        schema.properties()
                .forEach(
                        (property, field) ->
                                of(field, name + "." + property, field.extensions().isEmbedded())
                                        .ifPresent(form -> fields.put(property, form)));
        if (isResource) {
            fields.putIfAbsent("apiVersion", CelForm.text(REQUEST_BYTES));
            fields.putIfAbsent("kind", CelForm.text(REQUEST_BYTES));
            SortedMap<String, CelForm> names = new TreeMap<>();
            names.put("name", CelForm.text(REQUEST_BYTES));
            names.put("generateName", CelForm.text(REQUEST_BYTES));
            fields.put("metadata", CelForm.struct(name + ".metadata", names));
        }
        return Optional.of(CelForm.struct(name, fields));
    }

    /** How many items a list can have at most. */
    public static long mostItems(StructuralSchema schema) {
        long each = schema.items().map(RuleForms::leastBytes).orElse(1L) + 1;
        return limit(schema, "maxItems", REQUEST_BYTES / each);
    }

    /** How many entries a map can have at most. */
    public static long mostProperties(StructuralSchema schema) {
        long each = schema.additional().map(RuleForms::leastBytes).orElse(1L) + ENTRY_BYTES;
        return limit(schema, "maxProperties", REQUEST_BYTES / each);
    }

    /** The shortest JSON of a value. */
    private static long leastBytes(StructuralSchema schema) {
        return switch (schema.type()) {
            case "boolean" -> 4;
            case "integer", "number" -> 1;
            default -> 2;
        };
    }

    private static long limit(StructuralSchema schema, String word, long otherwise) {
        long declared = schema.limits().schema().path(word).asLong(UNKNOWN_NUMBER);
        return declared < 0 ? otherwise : declared;
    }
}
