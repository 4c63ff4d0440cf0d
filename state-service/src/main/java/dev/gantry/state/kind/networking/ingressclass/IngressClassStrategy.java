package dev.gantry.state.kind.networking.ingressclass;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/networking/ingressclass}. */
final class IngressClassStrategy implements Strategy {
    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.within(
                spec,
                "parameters",
                parameters -> {
                    if (!parameters.hasNonNull("scope")) {
                        parameters.put("scope", "Cluster");
                    }
                });
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        IngressClassRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        spec.child("controller").immutable(stored.path("spec").path("controller"));
        IngressClassRules.check(spec);
        return errors;
    }
}
