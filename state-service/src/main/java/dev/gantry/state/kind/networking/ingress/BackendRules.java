package dev.gantry.state.kind.networking.ingress;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Names;

/** Where requests go. Compat: {@code validateIngressBackend}. */
final class BackendRules {
    private BackendRules() {}

    static void check(Field backend) {
        Field service = backend.child("service");
        Field resource = backend.child("resource");
        if (service.isSet() && resource.isSet()) {
            backend.invalidText("", "cannot set both resource and service backends");
        } else if (resource.isSet()) {
            resource(resource);
        } else if (service.isSet()) {
            service(service, backend);
        } else {
            backend.invalidText("", "resource or service backend is required");
        }
    }

    private static void resource(Field resource) {
        Field group = resource.child("apiGroup");
        if (group.isSet()) {
            group.invalidFor(Names.dnsSubdomain(group.text()));
        }
        segment(resource.child("kind"));
        segment(resource.child("name"));
    }

    private static void segment(Field field) {
        if (field.isEmpty()) {
            field.required("");
        } else {
            field.invalidFor(Names.pathSegment(field.text()));
        }
    }

    private static void service(Field service, Field backend) {
        Field name = service.child("name");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsLabel(name.text()));
        }
        Field portName = service.child("port", "name");
        Field number = service.child("port", "number");
        boolean hasNumber = number.number() != 0;
        if (!portName.isEmpty() && hasNumber) {
            backend.invalidText("", "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            portName.invalidFor(KeyNames.portName(portName.text()));
        } else if (hasNumber) {
            KeyNames.portNumber(number.number()).forEach(number::invalid);
        } else {
            backend.required("port name or number is required");
        }
    }
}
