package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;

/**
 * Groups of Kubernetes itself are taken only where somebody says that they may.
 *
 * <p>Compat: {@code validateAPIApproval}.
 */
final class ApprovalRules {
    private static final String ANNOTATION = "api-approved.kubernetes.io";
    private static final String SEE = "https://github.com/kubernetes/enhancements/pull/1111";

    private ApprovalRules() {}

    static void check(Field definition) {
        if (!isProtected(definition.child("spec").text("group"))) {
            return;
        }
        Field annotation = definition.child("metadata", "annotations").key(ANNOTATION);
        if (annotation.text().isEmpty()) {
            annotation.required(
                    "protected groups must have approval annotation \"%s\", see %s"
                            .formatted(ANNOTATION, SEE));
        } else if (!isApproval(annotation.text())) {
            annotation.invalid(
                    "protected groups must have approval annotation \"%s\" with either a URL or a"
                                    .formatted(ANNOTATION)
                            + " reason starting with \"unapproved\", see "
                            + SEE);
        }
    }

    private static boolean isProtected(String group) {
        return group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
    }

    private static boolean isApproval(String text) {
        return text.startsWith("unapproved")
                || text.matches("[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s]+.*");
    }
}
