package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.kind.flowcontrol.shared.FlowConditionRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/flowcontrol/flowschema}. */
final class FlowSchemaStrategy implements Strategy {
    private static final int PRECEDENCE = 1000;

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.positive(Resource.child(object, "spec"), "matchingPrecedence", PRECEDENCE);
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_METADATA;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        String name = Resource.text(object.path("metadata"), "name");
        Field spec = Field.root(object, errors).child("spec");
        FlowSchemaRules.check(name, spec);
        MandatorySchemas.check(name, spec);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        return FlowConditionRules.ofStatus(updated);
    }
}
