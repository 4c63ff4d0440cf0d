package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.claim.ClaimSpecRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.TemplateMetadataRules;

/** The claim that an ephemeral volume makes. */
final class ClaimTemplateRules {
    private ClaimTemplateRules() {}

    static void check(Field template) {
        if (!template.isSet()) {
            template.required("");
            return;
        }
        TemplateMetadataRules.check(template.child("metadata"));
        ClaimSpecRules.check(template.child("spec"));
    }
}
