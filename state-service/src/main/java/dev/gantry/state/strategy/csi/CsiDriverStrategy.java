package dev.gantry.state.strategy.csi;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csidriver}. */
public final class CsiDriverStrategy implements Strategy {
    private static final int MOST_NAME_CHARACTERS = 63;

    @Override
    public Kind kind() {
        return BuiltinKind.CSI_DRIVER;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", CsiDriverStrategy::complete);
    }

    private static void complete(ObjectNode spec) {
        Defaults.flag(spec, "attachRequired", true);
        Defaults.flag(spec, "podInfoOnMount", false);
        Defaults.flag(spec, "storageCapacity", false);
        Defaults.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
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
    public List<String> validateName(String name) {
        List<String> against = new ArrayList<>(Names.dnsSubdomain(name));
        if (name.length() > MOST_NAME_CHARACTERS) {
            against.add(Rules.atMostCharacters(MOST_NAME_CHARACTERS));
        }
        return against;
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
}
