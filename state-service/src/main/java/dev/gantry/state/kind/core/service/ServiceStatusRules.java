package dev.gantry.state.kind.core.service;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.IpAddress;
import dev.gantry.state.validation.Names;
import java.util.List;

/** Where a load balancer says it can be reached. Compat: {@code ValidateLoadBalancerStatus}. */
final class ServiceStatusRules {
    private static final List<String> MODES = List.of("Proxy", "VIP");

    private ServiceStatusRules() {}

    static void check(Field service) {
        Field ingresses = service.child("status", "loadBalancer").child("ingress");
        boolean isBalancer = ServiceType.isLoadBalancer(service.value().path("spec"));
        if (!isBalancer && !ingresses.isEmpty()) {
            ingresses.forbidden("may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        ingresses.items().forEach(ServiceStatusRules::ingress);
    }

    private static void ingress(Field ingress) {
        Field address = ingress.child("ip");
        Field mode = ingress.child("ipMode");
        if (!address.isEmpty()) {
            AddressRules.ip(address);
        }
        if (!mode.isSet()) {
            if (!address.isEmpty()) {
                mode.required("must be specified when `ip` is set");
            }
        } else if (address.isEmpty()) {
            mode.forbidden("may not be specified when `ip` is not set");
        } else if (!MODES.contains(mode.text())) {
            mode.notSupported(MODES);
        }
        Field name = ingress.child("hostname");
        if (!name.isEmpty()) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
            if (IpAddress.parse(name.text()).isPresent()) {
                name.invalid("must be a DNS name, not an IP address");
            }
        }
    }
}
