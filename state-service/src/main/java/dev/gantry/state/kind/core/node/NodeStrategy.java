package dev.gantry.state.kind.core.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/core/node} and {@code ValidateNode}. A node registers itself with its
 * status, so creation keeps it.
 */
public final class NodeStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        samePodCidrs(spec);
        if (object.path("status") instanceof ObjectNode status) {
            Quantities.canonicalMap(status, "capacity");
            Quantities.canonicalMap(status, "allocatable");
            if (!status.hasNonNull("allocatable") && status.hasNonNull("capacity")) {
                status.set("allocatable", status.path("capacity").deepCopy());
            }
        }
    }

    /**
     * Compat: the first of the ranges is also written in the field that came before the list, and
     * that field has the say.
     */
    private static void samePodCidrs(ObjectNode spec) {
        String one = Resource.text(spec, "podCIDR");
        JsonNode all = spec.path("podCIDRs");
        if (!one.isEmpty() && !one.equals(all.path(0).asString(""))) {
            spec.putArray("podCIDRs").add(one);
        } else if (one.isEmpty() && !all.isEmpty()) {
            spec.put("podCIDR", all.path(0).asString(""));
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        Resource.child(object, "spec").remove("configSource");
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "status");
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        NodeRules.check(Field.root(object, errors));
        return errors;
    }

    /** Compat: both sets of rules have the taints, so what is wrong with one is told twice. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        errors.addAll(validateStatusUpdate(updated, stored));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        NodeRules.checkUpdate(Field.root(updated, errors), stored);
        return errors;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return Resource.text(object.path("spec"), "externalID").isEmpty()
                ? List.of()
                : List.of("spec.externalID: this field is deprecated, and is unused by Kubernetes");
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "spec.unschedulable",
                String.valueOf(object.path("spec").path("unschedulable").asBoolean(false)));
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
