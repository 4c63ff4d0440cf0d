package dev.gantry.state.kind.apiregistration.apiservice;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code kube-aggregator/pkg/registry/apiservice}. */
final class ApiServiceStrategy implements Strategy {
    private static final int HTTPS = 443;

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    /** What else its name must be, its version and group say. */
    @Override
    public List<String> validateName(String name) {
        return Names.pathSegment(name);
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(
                Resource.child(object, "spec"),
                "service",
                service -> Defaults.number(service, "port", HTTPS));
    }

    /** Compat: {@code SetAPIServiceCondition} for what this server answers itself. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status");
        if (!object.path("spec").hasNonNull("service")) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "Available")
                    .put("status", "True")
                    .put(
                            "lastTransitionTime",
                            Resource.text(object.path("metadata"), "creationTimestamp"))
                    .put("reason", "Local")
                    .put("message", "Local APIServices are always available");
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        ApiServiceRules.check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ApiServiceRules.status(Field.root(updated, errors).child("status"));
        return errors;
    }
}
