package dev.gantry.state.kind.networking.networkpolicy;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/networking/networkpolicy}. */
final class NetworkPolicyStrategy implements Strategy {
    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Compat: {@code reflect.DeepEqual}, for which an empty list that was sent is not none. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        return !updated.path("spec").equals(stored.path("spec"));
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        for (String direction : List.of("ingress", "egress")) {
            Defaults.each(
                    spec.path(direction),
                    rule ->
                            Defaults.each(
                                    rule.path("ports"),
                                    port -> {
                                        if (!port.hasNonNull("protocol")) {
                                            port.put("protocol", "TCP");
                                        }
                                    }));
        }
        if (spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return check(object, Set.of());
    }

    /** Blocks of addresses may stay as they are stored, whatever their form. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return check(updated, NetworkPolicyRules.blocks(stored.path("spec")));
    }

    private static List<FieldError> check(ObjectNode object, Set<String> kept) {
        List<FieldError> errors = new ArrayList<>();
        new NetworkPolicyRules(kept).check(Field.root(object, errors).child("spec"));
        return errors;
    }
}
