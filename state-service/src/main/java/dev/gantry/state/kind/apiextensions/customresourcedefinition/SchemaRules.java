package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;

/**
 * What a schema may say at all, at any depth.
 *
 * <p>Compat: {@code ValidateCustomResourceDefinitionOpenAPISchema} and {@code
 * specStandardValidatorV3}.
 */
final class SchemaRules {
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> UNSUPPORTED =
            List.of(
                    "id",
                    "additionalItems",
                    "patternProperties",
                    "definitions",
                    "dependencies",
                    "$ref");

    private static final Set<String> EVEN_EMPTY = Set.of("additionalItems", "dependencies", "$ref");

    private SchemaRules() {}

    static void check(Field schema) {
        words(schema);
        if (schema.child("uniqueItems").isTrue()) {
            schema.child("uniqueItems")
                    .forbidden(
                            "uniqueItems cannot be set to true since the runtime complexity becomes"
                                    + " quadratic");
        }
        ListTypeRules.check(schema);
        below(schema);
    }

    private static void below(Field schema) {
        Field additional = schema.child("additionalProperties");
        if (additional.isSet()) {
            boolean isMap = additional.value().isObject() || !additional.isTrue();
            if (isMap && !schema.child("properties").isEmpty()) {
                additional.forbidden("additionalProperties and properties are mutual exclusive");
            }
        }
        if (additional.value().isObject()) {
            check(additional);
        }
        schema.child("properties").entries().values().forEach(SchemaRules::check);
        if (schema.has("not")) {
            check(schema.child("not"));
        }
        for (String each : List.of("allOf", "oneOf", "anyOf")) {
            schema.child(each).items().forEach(SchemaRules::check);
        }
        if (schema.child("items").value().isObject()) {
            check(schema.child("items"));
        }
    }

    private static void words(Field schema) {
        String type = schema.text("type");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            schema.child("type").notSupported(TYPES);
        }
        for (String each : UNSUPPORTED) {
            Field word = schema.child(each);
            if (EVEN_EMPTY.contains(each) ? word.isSet() : !word.isEmpty()) {
                word.forbidden(each + " is not supported");
            }
        }
        if (type.equals("null")) {
            schema.child("type")
                    .forbidden("type cannot be set to null, use nullable as an alternative");
        }
        if (schema.child("items").value().isArray()) {
            schema.child("items").forbidden("items must be a schema object and not an array");
        }
        Field preserve = schema.child("x-kubernetes-preserve-unknown-fields");
        if (preserve.isSet() && !preserve.isTrue()) {
            preserve.invalid("must be true or undefined");
        }
        pattern(schema.child("pattern"));
    }

    private static void pattern(Field pattern) {
        if (pattern.isEmpty()) {
            return;
        }
        try {
            Pattern.compile(pattern.text());
        } catch (PatternSyntaxException malformed) {
            pattern.invalid(
                    "must be a valid regular expression, but isn't: " + malformed.getMessage());
        }
    }
}
