package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.structural.StructuralSchema;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults are what the schema itself allows. Compat: {@code ValidateDefaults}. */
final class DefaultRules {
    private DefaultRules() {}

    /** Of a whole object, which says its kind even in a default. */
    static void check(Field root) {
        check(root, true);
    }

    private static void check(Field schema, boolean isRoot) {
        if (schema.has("default")) {
            value(schema, isRoot);
        }
        schema.child("properties").entries().values().forEach(each -> check(each, false));
        for (String each : new String[] {"items", "additionalProperties"}) {
            if (schema.child(each).value().isObject()) {
                check(schema.child(each), false);
            }
        }
    }

    private static void value(Field schema, boolean isRoot) {
        Field value = schema.child("default");
        StructuralSchema form = StructuralSchema.of(isRoot ? embedded(schema) : schema.value());
        if (form.hasUnknown(value.value())) {
            value.invalidAs(GoText.of(value.value()), "must not have unknown fields");
            return;
        }
        for (FieldError each : form.validate(value.value())) {
            String below = each.field().isEmpty() ? "" : "." + each.field();
            value.errors().add(new FieldError(each.type(), value.path() + below, each.detail()));
        }
    }

    private static JsonNode embedded(Field root) {
        return ((ObjectNode) root.value().deepCopy()).put("x-kubernetes-embedded-resource", true);
    }
}
