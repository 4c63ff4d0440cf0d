package dev.gantry.state.schema.structural;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.structural.StructuralSchema.Logic;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;

/** Compat: {@code schemaPropsValidator} of kube-openapi. Its errors name no field. */
final class LogicRules {
    private LogicRules() {}

    static void check(Field field, Logic logic) {
        any(field, logic.any());
        one(field, logic.one());
        all(field, logic.all());
        if (logic.not().isPresent() && isValid(field, logic.not().get())) {
            report(field, "must not validate the schema (not)");
        }
    }

    private static void any(Field field, List<StructuralSchema> schemas) {
        if (schemas.isEmpty() || schemas.stream().anyMatch(each -> isValid(field, each))) {
            return;
        }
        report(field, "must validate at least one schema (anyOf)");
        StructuralRules.check(field, schemas.getFirst());
    }

    private static void one(Field field, List<StructuralSchema> schemas) {
        long valid = schemas.stream().filter(each -> isValid(field, each)).count();
        if (schemas.isEmpty() || valid == 1) {
            return;
        }
        String found =
                valid == 0 ? "Found none valid" : "Found %d valid alternatives".formatted(valid);
        report(field, "must validate one and only one schema (oneOf). " + found);
        if (valid == 0) {
            StructuralRules.check(field, schemas.getFirst());
        }
    }

    private static void all(Field field, List<StructuralSchema> schemas) {
        long valid = schemas.stream().filter(each -> isValid(field, each)).count();
        if (valid == schemas.size()) {
            return;
        }
        schemas.forEach(each -> StructuralRules.check(field, each));
        report(
                field,
                "must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
    }

    private static boolean isValid(Field field, StructuralSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        StructuralRules.check(Field.root(field.value(), errors), schema);
        return errors.isEmpty();
    }

    private static void report(Field field, String why) {
        field.at("<nil>").invalidText("", "\"%s\" %s".formatted(field.path(), why));
    }
}
