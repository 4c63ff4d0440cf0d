package dev.gantry.state.validation;

import java.util.List;

/**
 * The metadata of what a template makes, whose name and place are not the template's to say.
 * Compat: {@code ValidateTemplateObjectMeta}.
 */
public final class TemplateMetadataRules {
    /** In the order in which Go has them. */
    private static final List<String> OTHERS =
            List.of(
                    "name",
                    "generateName",
                    "namespace",
                    "selfLink",
                    "uid",
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
            Field field = metadata.child(each);
            if (field.isSet()) {
                field.forbidden("cannot be set");
            }
        }
    }
}
