package dev.gantry.state.validation;

import java.util.List;

/**
 * The metadata of what a template makes, whose name and place are not the template's to say.
 * Compat: {@code ValidateTemplateObjectMeta}.
 */
public final class TemplateMetadataRules {
    /** In the order in which Go has them, and after its names: errors say {@code uID}. */
    private static final List<String> OTHERS =
            List.of(
                    "name",
                    "generateName",
                    "namespace",
                    "selfLink",
                    "uID",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "ownerReferences",
                    "finalizers",
                    "managedFields");

    private TemplateMetadataRules() {}

    public static void check(Field metadata) {
        LabelRules.annotations(metadata.child("annotations"));
        LabelRules.labels(metadata.child("labels"));
        for (String each : OTHERS) {
            if (metadata.has(each.equals("uID") ? "uid" : each)) {
                metadata.child(each).forbidden("cannot be set");
            }
        }
    }
}
