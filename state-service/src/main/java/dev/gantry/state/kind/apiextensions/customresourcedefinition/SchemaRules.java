package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
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

    private static final List<String> LOGIC = List.of("allOf", "oneOf", "anyOf");
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
        parts(schema).forEach(SchemaRules::check);
    }

    /** The schemas in it, in the order in which they are looked at. */
    private static List<Field> parts(Field schema) {
        List<Field> parts = new ArrayList<>();
        parts.add(schema.child("additionalProperties"));
        parts.addAll(schema.child("properties").entries().values());
        parts.add(schema.child("not"));
        LOGIC.forEach(each -> parts.addAll(schema.child(each).items()));
        parts.add(schema.child("items"));
        parts.removeIf(each -> !each.value().isObject());
        return parts;
    }

    /**
     * Whether it has, at any depth, only what a structural schema can say.
     *
     * <p>Compat: {@code NewStructural}.
     */
    static boolean isConvertible(Field schema) {
        return schema.child("$schema").isEmpty()
                && !schema.text("type").equals("null")
                && !schema.child("items").value().isArray()
                && UNSUPPORTED.stream().noneMatch(each -> isUsed(schema, each))
                && parts(schema).stream().allMatch(SchemaRules::isConvertible);
    }

    private static boolean isUsed(Field schema, String word) {
        Field found = schema.child(word);
        return EVEN_EMPTY.contains(word) ? found.isSet() : !found.isEmpty();
    }

    private static void words(Field schema) {
        String type = schema.text("type");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            schema.child("type").notSupported(TYPES);
        }
        for (String each : UNSUPPORTED) {
            if (isUsed(schema, each)) {
                schema.child(each).forbidden(each + " is not supported");
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
