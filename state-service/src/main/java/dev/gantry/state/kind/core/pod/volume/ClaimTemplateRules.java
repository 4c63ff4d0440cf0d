package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.claim.ClaimSpecRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;

/** The claim that an ephemeral volume makes. */
final class ClaimTemplateRules {
    private ClaimTemplateRules() {}

    static void check(Field template) {
        if (!template.isSet()) {
            template.required("");
            return;
        }
        Field metadata = template.child("metadata");
        LabelRules.annotations(metadata.child("annotations"));
        LabelRules.labels(metadata.child("labels"));
        for (var entry : metadata.entries().entrySet()) {
            String name = entry.getKey();
            Field field = metadata.child(name);
            if (!name.equals("annotations") && !name.equals("labels") && !field.isEmpty()) {
                field.forbidden("cannot be set");
            }
        }
        ClaimSpecRules.check(template.child("spec"));
    }
}
