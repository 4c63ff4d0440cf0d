package dev.gantry.state.kind.networking.ingress;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.IpAddress;
import dev.gantry.state.validation.Names;

/** Compat: {@code ValidateIngressSpec} and {@code ValidateIngressLoadBalancerStatus}. */
final class IngressRules {
    private static final String NOT_A_NAME = "must be a DNS name, not an IP address";

    private IngressRules() {}

    static void check(Field spec) {
        Field fallback = spec.child("defaultBackend");
        if (spec.child("rules").isEmpty() && !fallback.isSet()) {
            spec.invalidAs("null", "either `defaultBackend` or `rules` must be specified");
        }
        if (fallback.isSet()) {
            BackendRules.check(fallback);
        }
        for (Field rule : spec.child("rules").items()) {
            ruleHost(rule.child("host"));
            if (rule.has("http")) {
                PathRules.check(rule.child("http", "paths"));
            }
        }
        spec.child("tls").items().forEach(IngressRules::certificate);
        Field className = spec.child("ingressClassName");
        if (className.isSet()) {
            className.invalidFor(Names.dnsSubdomain(className.text()));
        }
    }

    private static void ruleHost(Field host) {
        if (host.isEmpty()) {
            return;
        }
        if (IpAddress.parse(host.text()).isPresent()) {
            host.invalid(NOT_A_NAME);
        }
        host(host);
    }

    private static void host(Field host) {
        host.invalidFor(
                host.text().contains("*")
                        ? Names.wildcardSubdomain(host.text())
                        : Names.dnsSubdomain(host.text()));
    }

    private static void certificate(Field certificate) {
        certificate.child("hosts").items().forEach(IngressRules::host);
        Field secret = certificate.child("secretName");
        if (!secret.isEmpty()) {
            secret.invalidFor(Names.dnsSubdomain(secret.text()));
        }
    }

    /** One of the addresses in a status. */
    static void address(Field ingress) {
        Field ip = ingress.child("ip");
        if (!ip.isEmpty()) {
            AddressRules.ip(ip);
        }
        Field name = ingress.child("hostname");
        if (!name.isEmpty()) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
            if (IpAddress.parse(name.text()).isPresent()) {
                name.invalid(NOT_A_NAME);
            }
        }
    }
}
