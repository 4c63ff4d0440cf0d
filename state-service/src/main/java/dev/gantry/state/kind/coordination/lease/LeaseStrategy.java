package dev.gantry.state.kind.coordination.lease;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/coordination/lease} and {@code ValidateLeaseSpec}. */
public final class LeaseStrategy implements Strategy {
    /** Compat: leases are not handed out by strategies unless that is switched on. */
    @Override
    public DisabledFields disabledFields() {
        return DisabledFields.of("spec.strategy", "spec.preferredHolder");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        Field duration = spec.child("leaseDurationSeconds");
        if (duration.isSet() && duration.number() <= 0) {
            duration.invalid("must be greater than 0");
        }
        Field transitions = spec.child("leaseTransitions");
        if (transitions.number() < 0) {
            transitions.invalid(Rules.NEGATIVE);
        }
        return errors;
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
