package dev.gantry.state.kind.core.endpoints;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/endpoint} and {@code ValidateEndpoints}. */
public final class EndpointsStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.each(
                object.path("subsets"),
                subset ->
                        Defaults.each(
                                subset.path("ports"),
                                port -> Defaults.text(port, "protocol", "TCP")));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field.root(object, errors).child("subsets").items().forEach(EndpointsStrategy::subset);
        return errors;
    }

    private static void subset(Field subset) {
        Field ready = subset.child("addresses");
        Field notReady = subset.child("notReadyAddresses");
        if (ready.isEmpty() && notReady.isEmpty()) {
            subset.required("must specify `addresses` or `notReadyAddresses`");
        }
        ready.items().forEach(EndpointsStrategy::address);
        notReady.items().forEach(EndpointsStrategy::address);
        List<Field> ports = subset.child("ports").items();
        ports.forEach(port -> port(port, ports.size() > 1));
    }

    private static void address(Field address) {
        AddressRules.ip(address.child("ip"));
        Field hostname = address.child("hostname");
        if (!hostname.isEmpty()) {
            hostname.invalidFor(Names.dnsLabel(hostname.text()));
        }
        Field node = address.child("nodeName");
        if (node.isSet()) {
            node.invalidFor(Names.dnsSubdomain(node.text()));
        }
        AddressRules.nonSpecial(address.child("ip"));
    }

    private static void port(Field port, boolean needsName) {
        Field name = port.child("name");
        if (!name.isEmpty()) {
            name.invalidFor(Names.dnsLabel(name.text()));
        } else if (needsName) {
            name.required("");
        }
        AddressRules.portNumber(port.child("port"));
        AddressRules.protocol(port.child("protocol"));
        Field application = port.child("appProtocol");
        if (application.isSet()) {
            application.invalidFor(Names.qualified(application.text()));
        }
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }

    @Override
    public Optional<String> deprecation() {
        return Optional.of(
                "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
    }
}
