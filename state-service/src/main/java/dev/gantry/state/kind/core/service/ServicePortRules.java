package dev.gantry.state.kind.core.service;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The ports of a Service. */
final class ServicePortRules {
    private ServicePortRules() {}

    static void ports(Field ports) {
        Set<String> names = new TreeSet<>();
        List<Field> all = ports.items();
        for (Field port : all) {
            Field name = port.child("name");
            if (!name.isEmpty()) {
                name.invalidFor(Names.dnsLabel(name.text()));
                if (!names.add(name.text())) {
                    name.duplicate();
                }
            } else if (all.size() > 1) {
                name.required("");
            }
            AddressRules.portNumber(port.child("port"));
            AddressRules.protocol(port.child("protocol"));
            AddressRules.portNumberOrName(port.child("targetPort"));
            Field application = port.child("appProtocol");
            if (application.isSet()) {
                application.invalidFor(Names.qualified(application.text()));
            }
        }
    }

    static void nodePorts(Field spec) {
        boolean isInternal = spec.text("type").equals("ClusterIP");
        Set<String> seen = new TreeSet<>();
        for (Field port : spec.child("ports").items()) {
            Field number = port.child("nodePort");
            if (isInternal && number.number() != 0) {
                number.forbidden("may not be used when `type` is 'ClusterIP'");
            }
        }
        for (Field port : spec.child("ports").items()) {
            Field number = port.child("nodePort");
            String key = port.text("protocol") + "/" + number.number();
            if (number.number() != 0 && !seen.add(key)) {
                number.duplicate();
            }
        }
    }

    static void unique(Field ports) {
        Set<String> seen = new TreeSet<>();
        for (Field port : ports.items()) {
            long number = port.child("port").number();
            if (!seen.add(port.text("protocol") + "/" + number)) {
                port.duplicateAs(
                        new GoStruct(port.value())
                                .put("Name", "\"\"")
                                .text("Protocol", "protocol")
                                .put("AppProtocol", "null")
                                .number("Port", "port")
                                .put("TargetPort", "0")
                                .put("NodePort", "0")
                                .toString());
            }
        }
    }
}
