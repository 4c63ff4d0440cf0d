package dev.gantry.state.kind.resource.resourceslice;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceslice}. */
public final class ResourceSliceStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("spec.driver", Resource.text(object.path("spec"), "driver"));
        fields.put("spec.nodeName", Resource.text(object.path("spec"), "nodeName"));
        return fields;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** A taint counts from when it was published. */
    @Override
    public DisabledFields disabledFields() {
        return DisabledFields.of(
                "spec.devices.*.attributes.*.bools",
                "spec.devices.*.attributes.*.ints",
                "spec.devices.*.attributes.*.strings",
                "spec.devices.*.attributes.*.versions",
                "spec.devices.*.nodeAllocatableResourceMappings");
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        String now = Resource.text(object.path("metadata"), "creationTimestamp");
        for (JsonNode device : object.path("spec").path("devices")) {
            if (!now.isEmpty()) {
                Defaults.each(
                        device.path("taints"), taint -> Defaults.text(taint, "timeAdded", now));
            }
        }
    }

    @Override
    public void setDefaults(ObjectNode object) {
        for (JsonNode device : object.path("spec").path("devices")) {
            for (JsonNode amount : device.path("capacity")) {
                if (amount instanceof ObjectNode capacity) {
                    Quantities.canonical(capacity, "value");
                }
            }
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        SliceRules.check(Field.root(object, errors).child("spec"), Optional.empty());
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        SliceRules.check(spec, Optional.of(stored.path("spec")));
        return errors;
    }
}
