package dev.gantry.state.kind.apps.workload;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.PodWarnings;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What kinds have in common that keep as many pods of one template running as their scale says. */
public interface TemplateOwnerStrategy extends Strategy {
    @Override
    default DisabledFields disabledFields() {
        return PodTemplateRules.DISABLED.under("spec", "template");
    }

    /** Which pods are its own never changes. */
    @Override
    default List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field.root(updated, errors)
                .child("spec", "selector")
                .immutable(stored.path("spec").path("selector"));
        return InitRestartRules.unlessStored(errors, stored.at("/spec/template/spec"));
    }

    @Override
    default boolean hasGeneration() {
        return true;
    }

    @Override
    default boolean hasStatus() {
        return true;
    }

    @Override
    default Warned warned() {
        return Warned.WITH_EACH_GENERATION;
    }

    @Override
    default List<String> warnings(ObjectNode object) {
        return PodWarnings.ofTemplate(object.path("spec").path("template"), "spec.template");
    }
}
