package dev.gantry.state.kind.networking.ingress;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/networking/ingress}. */
final class IngressStrategy implements Strategy {
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        IngressRules.check(root.child("spec"));
        Field wanted = root.child("metadata", "annotations").key(OLD_CLASS);
        Field name = root.child("spec", "ingressClassName");
        if (wanted.isSet() && name.isSet() && !wanted.text().equals(name.text())) {
            wanted.at("annotations." + OLD_CLASS)
                    .invalid("must match `ingressClassName` when both are specified");
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        IngressRules.check(Field.root(updated, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field.root(updated, errors)
                .child("status", "loadBalancer")
                .child("ingress")
                .items()
                .forEach(IngressRules::address);
        return errors;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        boolean isOld =
                new Resource(object).annotations().containsKey(OLD_CLASS)
                        && !object.path("spec").has("ingressClassName");
        return isOld
                ? List.of(
                        "annotation \"kubernetes.io/ingress.class\" is deprecated, please use"
                                + " 'spec.ingressClassName' instead")
                : List.of();
    }
}
