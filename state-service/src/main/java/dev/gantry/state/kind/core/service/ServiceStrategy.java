package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/core/service}.
 *
 * <p>Cluster IPs and node ports are allocated once the defaults are set: what is validated is the
 * Service as it will be stored.
 */
public final class ServiceStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        ServiceDefaults.set(object);
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
        LinkedAddresses.forCreate(Resource.child(object, "spec"));
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "status");
        ObjectNode spec = Resource.child(updated, "spec");
        if (stored.path("spec") instanceof ObjectNode before) {
            AllocatedValues.patch(spec, before);
            LinkedAddresses.forUpdate(spec, before);
            TypeChange.dropFields(spec, before);
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        ServiceRules.check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field service = Field.root(updated, errors);
        ServiceUpdateRules.check(service.child("spec"), stored.path("spec"));
        ServiceRules.check(service);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ServiceStatusRules.check(Field.root(updated, errors));
        return errors;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return ServiceWarnings.of(object);
    }

    /** Compat: since v1.36 it may start with a digit ({@code RelaxedServiceNameValidation}). */
    @Override
    public List<String> validateName(String name) {
        return Names.dnsLabel(name);
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "spec.clusterIP", Resource.text(object.path("spec"), "clusterIP"),
                "spec.type", Resource.text(object.path("spec"), "type"));
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }
}
