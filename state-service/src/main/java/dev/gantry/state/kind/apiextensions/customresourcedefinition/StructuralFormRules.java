package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;

/**
 * Whether a schema is structural: each place has one type, and what {@code allOf} and its like add
 * is about values only.
 *
 * <p>Compat: {@code ValidateStructural}.
 */
final class StructuralFormRules {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final List<String> LOGIC = List.of("allOf", "anyOf", "oneOf");

    /** In alphabetical order. */
    private static final List<String> UNDEFINED = List.of("additionalProperties", "default");

    private static final List<String> EMPTY =
            List.of("description", "title", "type", "x-kubernetes-list-map-keys");
    private static final List<String> EXTENSIONS =
            List.of(
                    EMBEDDED,
                    INT_OR_STRING,
                    "x-kubernetes-list-type",
                    "x-kubernetes-map-type",
                    PRESERVE);

    private enum Level {
        ROOT("at the root"),
        FIELD("for specified object fields"),
        ITEM("for specified array items");

        private final String where;

        Level(String where) {
            this.where = where;
        }
    }

    private StructuralFormRules() {}

    static void check(Field schema) {
        check(schema, Level.ROOT);
    }

    private static void check(Field schema, Level level) {
        map(schema.child("additionalProperties"), level, schema.child(EMBEDDED).isTrue());
        boolean isList = schema.text("type").equals("array");
        if (isList && !schema.child("items").isSet()) {
            schema.child("items").required("must be specified");
        }
        if (schema.child("items").value().isObject()) {
            check(schema.child("items"), Level.ITEM);
        }
        schema.child("properties").entries().values().forEach(each -> check(each, Level.FIELD));
        embedded(schema);
        type(schema, level);
        if (level == Level.ROOT || schema.child(EMBEDDED).isTrue()) {
            ofObjects(schema.child("properties"));
        }
        boolean isEither = schema.child(INT_OR_STRING).isTrue();
        values(schema, isEither);
    }

    /** What is said of the entries of a map, which a whole object is not. */
    private static void map(Field entries, Level level, boolean isEmbedded) {
        if (!entries.isSet()) {
            return;
        }
        if (entries.value().isObject()) {
            check(entries, Level.FIELD);
        }
        if (level == Level.ROOT) {
            entries.forbidden("must not be used at the root");
        }
        if (isEmbedded) {
            entries.forbidden("must not be used if " + EMBEDDED + " is set");
        }
    }

    private static void embedded(Field schema) {
        boolean isLost =
                schema.child(EMBEDDED).isTrue()
                        && !schema.child(PRESERVE).isTrue()
                        && schema.child("properties").isEmpty();
        if (isLost) {
            schema.child("properties")
                    .required(
                            "must not be empty if %s is true without %s"
                                    .formatted(EMBEDDED, PRESERVE));
        }
    }

    private static void type(Field schema, Level level) {
        Field type = schema.child("type");
        boolean isEmbedded = schema.child(EMBEDDED).isTrue();
        String asEmbedded = "must be object if " + EMBEDDED + " is true";
        if (type.isEmpty()) {
            boolean isAny = schema.child(PRESERVE).isTrue() || schema.child(INT_OR_STRING).isTrue();
            if (isEmbedded) {
                type.required(asEmbedded);
            } else if (level == Level.ROOT || !isAny) {
                type.required("must not be empty " + level.where);
            }
        } else if (!type.text().equals("object")) {
            if (level == Level.ROOT) {
                type.invalid("must be object at the root");
            }
            if (isEmbedded) {
                type.invalid(asEmbedded);
            }
        }
    }

    /** What objects have anyway. */
    private static void ofObjects(Field properties) {
        for (String each : List.of("apiVersion", "kind")) {
            Field property = properties.key(each);
            if (property.value().isObject() && !property.text("type").equals("string")) {
                property.child("type").invalid("must be string");
            }
        }
        Field metadata = properties.key("metadata");
        if (!metadata.value().isObject()) {
            return;
        }
        if (!metadata.text("type").equals("object")) {
            metadata.child("type").invalid("must be object");
        }
        boolean isOnlyNames =
                Set.of("name", "generateName")
                        .containsAll(
                                List.copyOf(metadata.value().path("properties").propertyNames()));
        if (!isOnlyNames) {
            metadata.forbidden(
                    "must not specify anything other than name and generateName, but metadata is"
                            + " implicitly specified");
        }
    }

    private static void values(Field schema, boolean isEither) {
        for (String logic : LOGIC) {
            for (Field each : schema.child(logic).items()) {
                // Compat: anyOf may repeat what int-or-string says.
                boolean isRepeated = isEither && logic.equals("anyOf");
                value(each, isRepeated);
            }
        }
        if (schema.has("not")) {
            value(schema.child("not"), false);
        }
    }

    /** A schema that may speak of values only. */
    private static void value(Field schema, boolean mayHaveType) {
        UNDEFINED.stream().filter(schema::has).forEach(each -> refuse(schema, each, "undefined"));
        for (String each : EMPTY) {
            boolean isAllowed = mayHaveType && each.equals("type");
            if (!isAllowed && !schema.child(each).isEmpty()) {
                refuse(schema, each, "empty");
            }
        }
        if (schema.child("nullable").isTrue()) {
            refuse(schema, "nullable", "false");
        }
        for (String each : EXTENSIONS) {
            if (!schema.child(each).isEmpty()) {
                refuse(schema, each, schema.child(each).isTrue() ? "false" : "undefined");
            }
        }
        if (!schema.child("x-kubernetes-validations").isEmpty()) {
            refuse(schema, "x-kubernetes-validations", "empty");
        }
        if (schema.child("items").value().isObject()) {
            value(schema.child("items"), false);
        }
        schema.child("properties").entries().values().forEach(each -> value(each, false));
        values(schema, false);
    }

    private static void refuse(Field schema, String word, String must) {
        schema.child(word).forbidden("must be " + must + " to be structural");
    }
}
