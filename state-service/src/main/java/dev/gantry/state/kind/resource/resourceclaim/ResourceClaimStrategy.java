package dev.gantry.state.kind.resource.resourceclaim;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.kind.resource.device.ClaimDefaults;
import dev.gantry.state.kind.resource.device.ClaimRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceclaim}. */
public final class ResourceClaimStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", ClaimDefaults::complete);
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_METADATA;
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        ClaimRules.spec(Field.root(object, errors).child("spec"));
        return errors;
    }

    /** Compat: a spec that cannot change is not judged again. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field.root(updated, errors).child("spec").immutable(stored.path("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ClaimStatusRules.check(Field.root(updated, errors), stored);
        return errors;
    }
}
