package dev.gantry.state.strategy.lease;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/coordination/lease} and {@code ValidateLeaseSpec}. */
public final class LeaseStrategy implements Strategy {
    private static final List<String> STRATEGIES = List.of("OldestEmulationVersion");

    @Override
    public Kind kind() {
        return BuiltinKind.LEASE;
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
        Field strategy = spec.child("strategy");
        if (strategy.isSet()) {
            coordination(strategy);
        }
        if (!spec.text("preferredHolder").isEmpty() && strategy.isEmpty()) {
            spec.child("preferredHolder")
                    .forbidden("may only be specified if `strategy` is defined");
        }
        return errors;
    }

    /** Compat: reported at {@code strategy.strategy}. */
    private static void coordination(Field strategy) {
        Field reported = strategy.at(strategy.path() + ".strategy");
        if (!strategy.text().contains("/")) {
            if (!STRATEGIES.contains(strategy.text())) {
                reported.notSupported(STRATEGIES);
            }
            return;
        }
        reported.invalidFor(Names.qualified(strategy.text()));
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
