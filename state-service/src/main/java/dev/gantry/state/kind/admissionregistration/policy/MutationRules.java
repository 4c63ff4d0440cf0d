package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Result;
import dev.gantry.state.validation.Field;
import java.util.List;

/** Compat: {@code validateMutatingAdmissionPolicySpec}. */
final class MutationRules {
    private static final List<String> REINVOCATION = List.of("IfNeeded", "Never");
    private static final List<String> PATCH_TYPES = List.of("ApplyConfiguration", "JSONPatch");

    private MutationRules() {}

    static void check(Field spec) {
        Field mutations = spec.child("mutations");
        if (mutations.isEmpty()) {
            mutations.required("mutations must contain at least one item");
        }
        AdmissionExpressions expressions = PolicyRules.expressions(spec, Purpose.MUTATING);
        mutations.items().forEach(each -> mutation(each, expressions));
        Field reinvocation = spec.child("reinvocationPolicy");
        if (reinvocation.isEmpty()) {
            reinvocation.required("");
        } else if (!REINVOCATION.contains(reinvocation.text())) {
            reinvocation.notSupportedText(reinvocation.text(), REINVOCATION);
        }
    }

    private static void mutation(Field mutation, AdmissionExpressions expressions) {
        Field type = mutation.child("patchType");
        switch (type.text()) {
            case "" -> type.required("");
            case "ApplyConfiguration" -> {
                patch(mutation, "applyConfiguration", expressions, Result.OBJECT);
                absent(mutation, "jsonPatch");
            }
            case "JSONPatch" -> {
                patch(mutation, "jsonPatch", expressions, Result.JSON_PATCH);
                absent(mutation, "applyConfiguration");
            }
            default -> type.notSupportedText(type.text(), PATCH_TYPES);
        }
    }

    private static void patch(
            Field mutation, String wanted, AdmissionExpressions expressions, Result result) {
        Field patch = mutation.child(wanted);
        Field expression = patch.child("expression");
        if (!patch.isSet()) {
            patch.required("must be specified when patchType is " + mutation.text("patchType"));
        } else if (expression.text().isBlank()) {
            expression.required("");
        } else {
            expressions.check(expression, result);
        }
    }

    private static void absent(Field mutation, String other) {
        if (mutation.has(other)) {
            mutation.child(other)
                    .invalidText(
                            "{" + other + "}",
                            "must not be specified when patchType is "
                                    + mutation.text("patchType"));
        }
    }
}
