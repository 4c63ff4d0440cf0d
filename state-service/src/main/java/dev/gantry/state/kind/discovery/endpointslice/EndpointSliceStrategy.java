package dev.gantry.state.kind.discovery.endpointslice;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/discovery/endpointslice}. */
public final class EndpointSliceStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.each(
                object.path("ports"),
                port -> {
                    if (!port.hasNonNull("name")) {
                        port.put("name", "");
                    }
                    Defaults.pointer(port, "protocol", "TCP");
                });
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        EndpointSliceRules.check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field.root(updated, errors).child("addressType").immutable(stored.path("addressType"));
        return errors;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Compat: other labels count, too. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        return Strategy.super.changesGeneration(updated, stored)
                || !Sameness.same(
                        updated.path("metadata").path("labels"),
                        stored.path("metadata").path("labels"));
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return false;
    }
}
