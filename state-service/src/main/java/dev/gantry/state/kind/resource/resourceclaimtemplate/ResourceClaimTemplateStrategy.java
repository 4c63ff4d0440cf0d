package dev.gantry.state.kind.resource.resourceclaimtemplate;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.resource.device.ClaimDefaults;
import dev.gantry.state.kind.resource.device.ClaimRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.TemplateMetadataRules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceclaimtemplate}. */
public final class ResourceClaimTemplateStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(
                object, "spec", spec -> Defaults.within(spec, "spec", ClaimDefaults::complete));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        TemplateMetadataRules.check(spec.child("metadata"));
        ClaimRules.spec(spec.child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field.root(updated, errors).child("spec").immutable(stored.path("spec"));
        return errors;
    }
}
