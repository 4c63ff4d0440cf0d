package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.claim.ClaimSpecRules;
import dev.gantry.state.kind.core.pod.FractionalBytes;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/persistentvolumeclaim}. */
public final class PersistentVolumeClaimStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(
                object,
                "spec",
                spec -> {
                    Defaults.pointer(spec, "volumeMode", "Filesystem");
                    Defaults.within(spec, "resources", PersistentVolumeClaimStrategy::amounts);
                });
        ObjectNode status = Resource.child(object, "status");
        Defaults.text(status, "phase", "Pending");
        Quantities.canonicalMap(status, "capacity");
        Quantities.canonicalMap(status, "allocatedResources");
    }

    private static void amounts(ObjectNode resources) {
        Quantities.canonicalMap(resources, "limits");
        Quantities.canonicalMap(resources, "requests");
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        Defaults.within(
                object, "spec", spec -> DataSources.normalize(spec, MissingNode.getInstance()));
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "status");
        Defaults.within(updated, "spec", spec -> DataSources.normalize(spec, stored.path("spec")));
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        ClaimSpecRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return FractionalBytes.ofClaim(object.path("spec"), "spec");
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        ClaimUpdateRules.check(Field.root(updated, errors), stored);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ClaimStatusRules.check(Field.root(updated, errors));
        return errors;
    }
}
