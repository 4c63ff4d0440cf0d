package dev.gantry.state.kind.apps.replicaset;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.kind.apps.workload.TemplateOwnerStrategy;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/apps/replicaset} and {@code ValidateReplicaSet}. */
public final class ReplicaSetStrategy implements TemplateOwnerStrategy {
    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.number(spec, "replicas", 1);
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(spec, "template"), "spec"));
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        spec.child("replicas").nonNegative();
        spec.child("minReadySeconds").nonNegative();
        TemplateOwnerRules.selectorAndTemplate(spec);
        return errors;
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
                        "terminatingReplicas",
                        "observedGeneration"),
                List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"));
        return errors;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "status.replicas",
                Integer.toString(object.path("status").path("replicas").asInt(0)));
    }
}
