package dev.gantry.state.kind.discovery.endpointslice;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.IpAddress;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compat: {@code pkg/apis/discovery/validation}. */
final class EndpointSliceRules {
    private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 20_000;
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_HINTS = 8;

    private EndpointSliceRules() {}

    static void check(Field slice) {
        slice.child("addressType").oneOf(ADDRESS_TYPES);
        String type = slice.text("addressType");
        ports(slice.child("ports"));
        List<Field> endpoints = slice.child("endpoints").items();
        if (endpoints.size() > MAX_ENDPOINTS) {
            slice.child("endpoints").tooMany(endpoints.size(), MAX_ENDPOINTS);
        } else {
            endpoints.forEach(each -> endpoint(each, type));
        }
    }

    private static void endpoint(Field endpoint, String type) {
        Field addresses = endpoint.child("addresses");
        int count = addresses.items().size();
        if (count == 0) {
            addresses.required("must contain at least 1 address");
        } else if (count > MAX_ADDRESSES) {
            addresses.tooMany(count, MAX_ADDRESSES);
        }
        addresses.items().forEach(each -> address(each, addresses, type));
        Field node = endpoint.child("nodeName");
        if (node.isSet()) {
            node.invalidFor(Names.dnsSubdomain(node.text()));
        }
        Field hostname = endpoint.child("hostname");
        if (hostname.isSet()) {
            hostname.invalidFor(Names.dnsLabel(hostname.text()));
        }
        hints(endpoint.child("hints", "forZones"), false);
        hints(endpoint.child("hints", "forNodes"), true);
    }

    private static void address(Field address, Field addresses, String type) {
        switch (type) {
            case "IPv4", "IPv6" -> ip(address, addresses, type);
            case "FQDN" -> domainName(address);
            default -> {}
        }
    }

    private static void ip(Field address, Field addresses, String type) {
        List<String> wrong = StrictAddressRules.canonicalIp(address.text());
        if (!wrong.isEmpty()) {
            address.invalidFor(wrong);
            return;
        }
        boolean isOther =
                IpAddress.parse(address.text())
                        .filter(each -> each.isV4() != type.equals("IPv4"))
                        .isPresent();
        if (isOther) {
            addresses.invalidText(address.text(), "must be an " + type + " address");
        }
        AddressRules.nonSpecial(address);
    }

    private static void domainName(Field name) {
        String text = name.text();
        if (text.isEmpty()) {
            name.required("");
            return;
        }
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        List<String> against = Names.dnsSubdomain(bare);
        if (!against.isEmpty()) {
            name.invalidText(bare, String.join(",", against));
        } else if (!bare.contains(".")) {
            name.invalidText(
                    bare, "should be a domain with at least two segments separated by dots");
        } else {
            for (String label : bare.split("\\.", -1)) {
                List<String> wrong = Names.dnsLabel(label);
                if (!wrong.isEmpty()) {
                    name.invalidText(label, String.join(",", wrong));
                }
            }
        }
    }

    private static void hints(Field hints, boolean areNodes) {
        List<Field> all = hints.items();
        if (all.size() > MAX_HINTS) {
            hints.tooMany(all.size(), MAX_HINTS);
            return;
        }
        Set<String> names = new TreeSet<>();
        for (Field hint : all) {
            Field name = hint.child("name");
            if (!names.add(name.text())) {
                name.duplicate();
            }
            name.invalidFor(
                    areNodes ? Names.dnsSubdomain(name.text()) : Names.labelValue(name.text()));
        }
    }

    private static void ports(Field ports) {
        if (ports.items().size() > MAX_PORTS) {
            ports.tooMany(ports.items().size(), MAX_PORTS);
            return;
        }
        Set<String> names = new TreeSet<>();
        for (Field port : ports.items()) {
            Field name = port.child("name");
            if (!name.isEmpty()) {
                name.invalidFor(Names.dnsLabel(name.text()));
            }
            if (!names.add(name.text())) {
                name.duplicate();
            }
            Field protocol = port.child("protocol");
            if (!AddressRules.PROTOCOLS.contains(protocol.text())) {
                protocol.notSupportedText(protocol.text(), AddressRules.PROTOCOLS);
            }
            Field application = port.child("appProtocol");
            if (application.isSet()) {
                application.invalidFor(Names.qualified(application.text()));
            }
        }
    }
}
