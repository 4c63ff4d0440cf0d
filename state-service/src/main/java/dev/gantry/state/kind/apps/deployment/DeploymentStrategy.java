package dev.gantry.state.kind.apps.deployment;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.kind.apps.workload.TemplateOwnerStrategy;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/apps/deployment} and {@code pkg/apis/apps/v1/defaults.go}. */
public final class DeploymentStrategy implements TemplateOwnerStrategy {
    private static final int HISTORY = 10;
    private static final int DEADLINE_SECONDS = 600;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.number(spec, "replicas", 1);
        ObjectNode strategy = Resource.child(spec, "strategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (Resource.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Resource.child(strategy, "rollingUpdate");
            for (String limit : List.of("maxUnavailable", "maxSurge")) {
                if (!rolling.hasNonNull(limit)) {
                    rolling.put(limit, "25%");
                }
            }
        }
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        Defaults.number(spec, "progressDeadlineSeconds", DEADLINE_SECONDS);
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(spec, "template"), "spec"));
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
        Trees.keep(
                Resource.child(updated, "metadata"),
                new Resource(stored).copy().mutableMetadata(),
                "labels");
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_LABELS;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        DeploymentRules.spec(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        DeploymentRules.status(Field.root(updated, errors).child("status"), stored.path("status"));
        return errors;
    }

    /** Compat: a changed annotation counts too, since a rollback is asked for by one. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        JsonNode annotations = updated.path("metadata").path("annotations");
        return TemplateOwnerStrategy.super.changesGeneration(updated, stored)
                || !Sameness.same(annotations, stored.path("metadata").path("annotations"));
    }
}
