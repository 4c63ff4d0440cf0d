package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.structural.StructuralSchema;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;

/** Defaults are what the schema itself allows. Compat: {@code ValidateDefaults}. */
final class DefaultRules {
    private DefaultRules() {}

    static void check(Field schema) {
        if (schema.has("default")) {
            value(schema);
        }
        schema.child("properties").entries().values().forEach(DefaultRules::check);
        for (String each : new String[] {"items", "additionalProperties"}) {
            if (schema.child(each).value().isObject()) {
                check(schema.child(each));
            }
        }
    }

    private static void value(Field schema) {
        Field value = schema.child("default");
        StructuralSchema form = StructuralSchema.of(schema.value());
        if (form.hasUnknown(value.value())) {
            value.invalidAs(GoText.of(value.value()), "must not have unknown fields");
            return;
        }
        for (FieldError each : form.validate(value.value())) {
            String below = each.field().isEmpty() ? "" : "." + each.field();
            value.errors().add(new FieldError(each.type(), value.path() + below, each.detail()));
        }
    }
}
