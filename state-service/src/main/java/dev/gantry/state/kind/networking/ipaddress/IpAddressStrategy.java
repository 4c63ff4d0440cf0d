package dev.gantry.state.kind.networking.ipaddress;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An address, which is its name, and whose it is.
 *
 * <p>Compat: {@code pkg/registry/networking/ipaddress} and {@code ValidateIPAddress}.
 */
final class IpAddressStrategy implements Strategy {
    @Override
    public List<String> validateName(String name) {
        return StrictAddressRules.canonicalIp(name);
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        parent(Field.root(object, errors).child("spec", "parentRef"));
        return errors;
    }

    private static void parent(Field parent) {
        if (!parent.isSet()) {
            parent.required("");
            return;
        }
        Field group = parent.child("group");
        if (!group.isEmpty()) {
            group.invalidFor(Names.dnsSubdomain(group.text()));
        }
        for (String name : List.of("resource", "name", "namespace")) {
            Field part = parent.child(name);
            if (!part.isEmpty()) {
                part.invalidFor(Names.pathSegment(part.text()));
            } else if (!name.equals("namespace")) {
                part.required("");
            }
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field parent = Field.root(updated, errors).child("spec", "parentRef");
        JsonNode before = stored.path("spec").path("parentRef");
        if (!Sameness.same(parent.value(), before)) {
            parent.invalidAs(
                    new GoStruct(parent.value())
                            .text("Group", "group")
                            .text("Resource", "resource")
                            .text("Namespace", "namespace")
                            .text("Name", "name")
                            .toString(),
                    Rules.IMMUTABLE);
        }
        return errors;
    }
}
