package dev.gantry.state.kind.admissionregistration.policy;

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
        mutations.items().forEach(MutationRules::mutation);
        Field reinvocation = spec.child("reinvocationPolicy");
        if (reinvocation.isEmpty()) {
            reinvocation.required("");
        } else if (!REINVOCATION.contains(reinvocation.text())) {
            reinvocation.notSupportedText(reinvocation.text(), REINVOCATION);
        }
    }

    private static void mutation(Field mutation) {
        Field type = mutation.child("patchType");
        switch (type.text()) {
            case "" -> type.required("");
            case "ApplyConfiguration" -> patch(mutation, "applyConfiguration", "jsonPatch");
            case "JSONPatch" -> patch(mutation, "jsonPatch", "applyConfiguration");
            default -> type.notSupportedText(type.text(), PATCH_TYPES);
        }
    }

    private static void patch(Field mutation, String wanted, String other) {
        Field patch = mutation.child(wanted);
        if (!patch.isSet()) {
            patch.required("must be specified when patchType is " + mutation.text("patchType"));
        } else if (patch.text("expression").isBlank()) {
            patch.child("expression").required("");
        }
        if (mutation.has(other)) {
            mutation.child(other)
                    .invalidText(
                            "{" + other + "}",
                            "must not be specified when patchType is "
                                    + mutation.text("patchType"));
        }
    }
}
