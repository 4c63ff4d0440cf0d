package dev.gantry.state.kind.apps.daemonset;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.apps.workload.TemplateOwnerStrategy;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/apps/daemonset}. How often the template changed is counted in an
 * annotation, which no client can set back.
 */
public final class DaemonSetStrategy implements TemplateOwnerStrategy {
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
    private static final int HISTORY = 10;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        ObjectNode strategy = Resource.child(spec, "updateStrategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (Resource.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Resource.child(strategy, "rollingUpdate");
            Defaults.number(rolling, "maxUnavailable", 1);
            Defaults.number(rolling, "maxSurge", 0);
        }
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(spec, "template"), "spec"));
        // Compat: internally a number of the spec, so that whoever leaves it out sets it to zero.
        putGeneration(object, templateGeneration(object));
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
        putGeneration(object, Math.max(1, templateGeneration(object)));
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        TemplateOwnerStrategy.super.prepareForUpdate(updated, stored);
        boolean isChanged =
                !Sameness.same(
                        updated.path("spec").path("template"),
                        stored.path("spec").path("template"));
        putGeneration(updated, templateGeneration(stored) + (isChanged ? 1 : 0));
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
        putGeneration(updated, templateGeneration(stored));
    }

    /** Compat: the conversion from upstream's internal type makes it. */
    @Override
    public Map<String, String> fieldAnnotations() {
        return Map.of(TEMPLATE_GENERATION, "0");
    }

    private static long templateGeneration(ObjectNode object) {
        try {
            return Long.parseLong(
                    object.path("metadata")
                            .path("annotations")
                            .path(TEMPLATE_GENERATION)
                            .asString("0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static void putGeneration(ObjectNode object, long generation) {
        Resource.child(Resource.child(object, "metadata"), "annotations")
                .put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        DaemonSetRules.spec(Field.root(object, errors).child("spec"));
        return errors;
    }

    /** Compat: what is fixed comes first here. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        spec.child("selector").immutable(stored.path("spec").path("selector"));
        DaemonSetRules.spec(spec);
        return InitRestartRules.unlessStored(errors, stored.at("/spec/template/spec"));
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        DaemonSetRules.status(Field.root(updated, errors).child("status"), stored.path("status"));
        return errors;
    }
}
