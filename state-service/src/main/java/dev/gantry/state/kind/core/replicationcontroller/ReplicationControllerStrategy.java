package dev.gantry.state.kind.core.replicationcontroller;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.kind.apps.workload.TemplateOwnerStrategy;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/core/replicationcontroller} and {@code
 * ValidateReplicationController}. Other than a ReplicaSet's, its selector is a map, and may change.
 */
final class ReplicationControllerStrategy implements TemplateOwnerStrategy {
    /** Compat: what it does not say of labels, the labels of its template say. */
    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.number(spec, "replicas", 1);
        if (!(spec.path("template") instanceof ObjectNode template)) {
            return;
        }
        PodDefaults.setSpecDefaults(Resource.child(template, "spec"));
        if (template.at("/metadata/labels") instanceof ObjectNode labels && !labels.isEmpty()) {
            if (spec.path("selector").isEmpty()) {
                spec.set("selector", labels.deepCopy());
            }
            ObjectNode metadata = Resource.child(object, "metadata");
            if (metadata.path("labels").isEmpty()) {
                metadata.set("labels", labels.deepCopy());
            }
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        ReplicationControllerRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return InitRestartRules.unlessStored(validate(updated), stored.at("/spec/template/spec"));
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        TemplateOwnerRules.counts(
                Field.root(updated, errors).child("status"),
                List.of(
                        "replicas",
                        "fullyLabeledReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "observedGeneration"),
                List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"));
        return errors;
    }

    @Override
    public boolean orphansDependents() {
        return true;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "status.replicas",
                Integer.toString(object.path("status").path("replicas").asInt(0)));
    }
}
