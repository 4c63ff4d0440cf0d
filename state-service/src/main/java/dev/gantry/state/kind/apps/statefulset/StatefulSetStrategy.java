package dev.gantry.state.kind.apps.statefulset;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.apps.workload.TemplateOwnerStrategy;
import dev.gantry.state.kind.core.persistentvolumeclaim.PersistentVolumeClaimStrategy;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/apps/statefulset} and {@code pkg/apis/apps/v1/defaults.go}. */
public final class StatefulSetStrategy implements TemplateOwnerStrategy {
    private static final int HISTORY = 10;
    private static final PersistentVolumeClaimStrategy CLAIMS = new PersistentVolumeClaimStrategy();

    /** Compat: {@code MaxUnavailableStatefulSet} is off. */
    @Override
    public DisabledFields disabledFields() {
        List<List<String>> all =
                new ArrayList<>(TemplateOwnerStrategy.super.disabledFields().paths());
        all.addAll(DisabledFields.of("spec.updateStrategy.rollingUpdate.maxUnavailable").paths());
        return new DisabledFields(all);
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        updateStrategy(Resource.child(spec, "updateStrategy"));
        ObjectNode retention = Resource.child(spec, "persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        Defaults.number(spec, "replicas", 1);
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(spec, "template"), "spec"));
        Defaults.each(spec.path("volumeClaimTemplates"), StatefulSetStrategy::claim);
    }

    /** Compat: the partition is filled in only where the limits are, or where the type is not. */
    private static void updateStrategy(ObjectNode strategy) {
        if (Resource.text(strategy, "type").isEmpty()) {
            strategy.put("type", "RollingUpdate");
            Resource.child(strategy, "rollingUpdate");
        }
        if (Resource.text(strategy, "type").equals("RollingUpdate")) {
            Defaults.within(
                    strategy, "rollingUpdate", limits -> Defaults.number(limits, "partition", 0));
        }
    }

    /** Compat: a template of a claim names its kind and has a status, as if it were one. */
    private static void claim(ObjectNode claim) {
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        CLAIMS.setDefaults(claim);
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        StatefulSetRules.newSpec(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        StatefulSetRules.spec(spec);
        StatefulSetRules.update(spec, stored.path("spec"));
        return InitRestartRules.unlessStored(errors, stored.at("/spec/template/spec"));
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        StatefulSetRules.status(Field.root(updated, errors).child("status"), stored.path("status"));
        return errors;
    }

    /** Compat: its pods are called after it, and so are their hosts. */
    @Override
    public List<String> validateName(String name) {
        return Names.dnsLabel(name);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        List<String> warnings = new ArrayList<>(TemplateOwnerStrategy.super.warnings(object));
        if (object.at("/spec/revisionHistoryLimit").asInt(0) < 0) {
            warnings.add(
                    "spec.revisionHistoryLimit: a negative value retains all historical revisions;"
                            + " a value >= 0 is recommended");
        }
        return warnings;
    }
}
