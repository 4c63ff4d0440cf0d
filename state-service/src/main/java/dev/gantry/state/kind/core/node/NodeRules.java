package dev.gantry.state.kind.core.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.kind.core.pod.spec.TolerationRules;
import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateNode} and {@code ValidateNodeUpdate}. */
final class NodeRules {
    private static final String CIDR_FIXED =
            "node updates may not change podCIDR except from \"\" to valid";
    private static final String PROVIDER_FIXED =
            "node updates may not change providerID except from \"\" to valid";

    private NodeRules() {}

    static void check(Field node) {
        taints(node);
        resources(node);
        podCidrs(node.child("spec", "podCIDRs"));
    }

    static void checkUpdate(Field node, ObjectNode stored) {
        resources(node);
        Set<String> seen = new TreeSet<>();
        for (Field address : node.child("status", "addresses").items()) {
            if (!seen.add(address.text("type") + "/" + address.text("address"))) {
                address.duplicate();
            }
        }
        Field spec = node.child("spec");
        JsonNode before = stored.path("spec");
        JsonNode cidrs = before.path("podCIDRs");
        if (!cidrs.isEmpty() && !Sameness.same(spec.child("podCIDRs").value(), cidrs)) {
            spec.child("podCIDRs").forbidden(CIDR_FIXED);
        }
        String provider = Resource.text(before, "providerID");
        if (!provider.isEmpty() && !provider.equals(spec.text("providerID"))) {
            spec.child("providerID").forbidden(PROVIDER_FIXED);
        }
        taints(node);
        if (!spec.text("externalID").equals(Resource.text(before, "externalID"))) {
            spec.child("externalID").forbidden("may not be updated");
        }
    }

    /** Compat: reported below {@code metadata}. */
    private static void taints(Field node) {
        Set<String> seen = new TreeSet<>();
        for (Field taint : node.child("spec", "taints").at("metadata.taints").items()) {
            LabelRules.labelKey(taint.child("key"), taint.text("key"));
            String value = taint.text("value");
            List<String> against = Names.labelValue(value);
            if (!against.isEmpty()) {
                taint.child("value").invalidText(value, String.join(";", against));
            }
            TolerationRules.effect(taint.child("effect"));
            if (!seen.add(taint.text("effect") + "/" + taint.text("key"))) {
                taint.duplicateAs(
                        new GoStruct(taint.value())
                                .text("Key", "key")
                                .text("Value", "value")
                                .text("Effect", "effect")
                                .value("TimeAdded", "timeAdded")
                                .toString(),
                        "taints must be unique by key and effect pair");
            }
        }
    }

    private static void resources(Field node) {
        for (String map : List.of("capacity", "allocatable")) {
            Field amounts = node.child("status", map);
            for (String name : amounts.entries().keySet()) {
                ResourceNames.checkAmount(amounts.child(name), name);
            }
        }
        DeclaredFeatureRules.check(node.child("status", "declaredFeatures"));
    }

    private static void podCidrs(Field cidrs) {
        List<Field> all = cidrs.items();
        all.forEach(each -> AddressRules.cidr(each, each.text()));
        if (all.size() < 2) {
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            String text = all.get(i).text();
            if (!StrictAddressRules.isCidr(text)) {
                cidrs.internal(
                        "invalid PodCIDRs. failed to check with dual stack with error:invalid"
                                + " CIDR[%d]: <nil> (invalid CIDR address: %s)".formatted(i, text));
                break;
            }
        }
        List<String> addresses = cidrs.texts().stream().map(each -> each.split("/", 2)[0]).toList();
        if (!AddressRules.isDualStack(addresses) || all.size() > 2) {
            cidrs.invalid("may specify no more than one CIDR for each IP family");
        }
    }
}
