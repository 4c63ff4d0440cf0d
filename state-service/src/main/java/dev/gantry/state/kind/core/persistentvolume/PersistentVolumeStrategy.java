package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.SpecDifference;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/persistentvolume}. */
public final class PersistentVolumeStrategy implements Strategy {
    private static final String SINCE = "lastPhaseTransitionTime";

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", VolumeDefaults::complete);
        Defaults.text(Resource.child(object, "status"), "phase", "Pending");
    }

    /** A volume begins as Pending; the time is that of its creation. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status").put("phase", "Pending");
        String now = Resource.text(object.path("metadata"), "creationTimestamp");
        if (!now.isEmpty()) {
            status.put(SINCE, now);
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public void stampStatus(ObjectNode updated, ObjectNode stored, Instant now) {
        JsonNode before = stored.path("status");
        ObjectNode status = Resource.child(updated, "status");
        boolean isSame = status.path("phase").equals(before.path("phase"));
        if (isSame && !status.hasNonNull(SINCE) && before.hasNonNull(SINCE)) {
            status.set(SINCE, before.path(SINCE));
        }
        boolean isTold = status.hasNonNull(SINCE) && !status.path(SINCE).equals(before.path(SINCE));
        if (!isTold && !isSame) {
            status.put(SINCE, Conditions.timestamp(now));
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        VolumeSpecRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    /** Compat: the volume is judged by itself and as an update, so its errors are told twice. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        errors.addAll(List.copyOf(errors));
        Field spec = Field.root(updated, errors).child("spec");
        JsonNode before = stored.path("spec");
        if (!SourceRules.isSameSource(before, spec.value())) {
            spec.child("persistentvolumesource")
                    .forbidden(
                            "spec.persistentvolumesource is immutable after creation\n"
                                    + SpecDifference.of(before, spec.value()));
        }
        spec.child("volumeMode").at("volumeMode").immutable(before.path("volumeMode"));
        if (before.hasNonNull("nodeAffinity")) {
            spec.child("nodeAffinity").at("nodeAffinity").immutable(before.path("nodeAffinity"));
        }
        Field attributes = spec.child("volumeAttributesClassName");
        if (before.hasNonNull("volumeAttributesClassName") && !attributes.isSet()) {
            attributes.forbidden("update from non-nil value to nil is forbidden");
        }
        return errors;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return PersistentVolumeWarnings.of(object);
    }

    /** Compat: volumes are selected by their name under this key, too. */
    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("name", Resource.text(object.path("metadata"), "name"));
    }
}
