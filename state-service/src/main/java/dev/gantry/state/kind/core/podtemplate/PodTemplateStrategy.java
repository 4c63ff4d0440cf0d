package dev.gantry.state.kind.core.podtemplate;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.PodWarnings;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/podtemplate} and {@code ValidatePodTemplate}. */
final class PodTemplateStrategy implements Strategy {
    @Override
    public DisabledFields disabledFields() {
        return PodTemplateRules.DISABLED.under("template");
    }

    @Override
    public void setDefaults(ObjectNode object) {
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(object, "template"), "spec"));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        PodTemplateRules.check(Field.root(object, errors).child("template"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return InitRestartRules.unlessStored(validate(updated), stored.at("/template/spec"));
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public Warned warned() {
        return Warned.WITH_EACH_GENERATION;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return PodWarnings.ofTemplate(object.path("template"), "template");
    }
}
