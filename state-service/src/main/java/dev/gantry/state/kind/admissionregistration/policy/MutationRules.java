package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Result;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Optional;

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
            case "ApplyConfiguration" ->
                    patch(mutation, "applyConfiguration", "jsonPatch")
                            .ifPresent(each -> expressions.check(each, Result.OBJECT));
            case "JSONPatch" ->
                    patch(mutation, "jsonPatch", "applyConfiguration")
                            .ifPresent(each -> expressions.check(each, Result.JSON_PATCH));
            default -> type.notSupportedText(type.text(), PATCH_TYPES);
        }
    }

    /** The expression, where there is one. */
    private static Optional<Field> patch(Field mutation, String wanted, String other) {
        Field patch = mutation.child(wanted);
        Field expression = patch.child("expression");
        if (!patch.isSet()) {
            patch.required("must be specified when patchType is " + mutation.text("patchType"));
        } else if (expression.text().isBlank()) {
            expression.required("");
        }
        if (mutation.has(other)) {
            mutation.child(other)
                    .invalidText(
                            "{" + other + "}",
                            "must not be specified when patchType is "
                                    + mutation.text("patchType"));
        }
        return expression.text().isBlank() ? Optional.empty() : Optional.of(expression);
    }
}
