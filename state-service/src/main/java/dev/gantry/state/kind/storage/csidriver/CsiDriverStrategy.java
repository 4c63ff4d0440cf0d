package dev.gantry.state.kind.storage.csidriver;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csidriver}. */
public final class CsiDriverStrategy implements Strategy {
    private static final String TOKENS_SHOWN =
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to"
                    + " true to prevent possible logging of tokens in volume attributes";

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public DisabledFields disabledFields() {
        return DisabledFields.of("spec.preventPodSchedulingIfMissing");
    }

    @Override
    public void setDefaults(ObjectNode object) {
        complete(Resource.child(object, "spec"));
    }

    private static void complete(ObjectNode spec) {
        Defaults.flag(spec, "attachRequired", true);
        Defaults.flag(spec, "podInfoOnMount", false);
        Defaults.flag(spec, "storageCapacity", false);
        Defaults.pointer(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        if (spec.path("volumeLifecycleModes").isEmpty()) {
            spec.putArray("volumeLifecycleModes").add("Persistent");
        }
        Defaults.flag(spec, "requiresRepublish", false);
        Defaults.flag(spec, "seLinuxMount", false);
    }

    /** Compat: no generation at first; what may change counts it up. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        Resource.child(object, "metadata").remove("generation");
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        CsiDriverRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        CsiDriverRules.unchanged(Field.root(updated, errors).child("spec"), stored.path("spec"));
        return errors;
    }

    /** Compat: {@code warningsForCSIDriver}. */
    @Override
    public List<String> warnings(ObjectNode object) {
        Field spec = Field.root(object, new ArrayList<>()).child("spec");
        boolean mayShowTokens =
                !spec.child("tokenRequests").isEmpty()
                        && !spec.child("serviceAccountTokenInSecrets").isSet();
        return mayShowTokens ? List.of(TOKENS_SHOWN) : List.of();
    }
}
