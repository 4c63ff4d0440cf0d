package dev.gantry.state.kind.core.service;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;

/** Compat: {@code ValidateService}. */
final class ServiceRules {
    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> POLICIES = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS =
            List.of("PreferClose", "PreferSameZone", "PreferSameNode");
    private static final int MAX_AFFINITY_SECONDS = 86_400;
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String MODE = "service.kubernetes.io/topology-mode";
    private static final String BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

    private ServiceRules() {}

    static void check(Field service) {
        topologyAnnotations(service.child("metadata", "annotations"));
        Field spec = service.child("spec");
        boolean isHeadless = ServiceType.isHeadless(spec.value());
        boolean isName = spec.text("type").equals("ExternalName");
        if (spec.child("ports").isEmpty() && !isHeadless && !isName) {
            spec.child("ports").required("");
        }
        byType(spec, isHeadless);
        ServicePortRules.ports(spec.child("ports"));
        LabelRules.labels(spec.child("selector"));
        affinity(spec);
        ServiceAddressRules.check(spec);
        for (Field address : spec.child("externalIPs").items()) {
            if (AddressRules.ip(address)) {
                AddressRules.nonSpecial(address);
            }
        }
        spec.child("type").oneOf(TYPES);
        ServicePortRules.nodePorts(spec);
        ServicePortRules.unique(spec.child("ports"));
        sourceRanges(service, spec);
        balancer(spec);
        trafficPolicies(spec);
    }

    private static void topologyAnnotations(Field annotations) {
        boolean hasBoth = annotations.has(HINTS) && annotations.has(MODE);
        if (hasBoth && !annotations.text(HINTS).equals(annotations.text(MODE))) {
            annotations
                    .key(MODE)
                    .invalid("must match annotations[%s] when both are specified".formatted(HINTS));
        }
    }

    private static void byType(Field spec, boolean isHeadless) {
        String type = spec.text("type");
        switch (type) {
            case "LoadBalancer", "NodePort" -> {
                if (isHeadless) {
                    spec.child("clusterIPs")
                            .index(0)
                            .invalid("may not be set to 'None' for " + type + " services");
                }
            }
            case "ExternalName" -> externalName(spec);
            default -> {}
        }
    }

    private static void externalName(Field spec) {
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (!spec.child(field).isEmpty()) {
                spec.child(field).forbidden("may not be set for ExternalName services");
            }
        }
        Field name = spec.child("externalName");
        String text = name.text();
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (bare.isEmpty()) {
            name.required("");
        } else {
            Names.dnsSubdomain(bare).forEach(each -> name.invalidText(bare, each));
        }
    }

    private static void affinity(Field spec) {
        Field affinity = spec.child("sessionAffinity");
        affinity.oneOf(AFFINITIES);
        Field config = spec.child("sessionAffinityConfig");
        if (affinity.text().equals("None") && config.isSet()) {
            config.forbidden("must not be set when session affinity is None");
        }
        if (!affinity.text().equals("ClientIP")) {
            return;
        }
        Field seconds = config.child("clientIP", "timeoutSeconds");
        for (Field needed : new Field[] {config, config.child("clientIP"), seconds}) {
            if (!needed.isSet()) {
                needed.required("when session affinity type is ClientIP");
                return;
            }
        }
        if (seconds.number() <= 0 || seconds.number() > MAX_AFFINITY_SECONDS) {
            seconds.invalid("must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
        }
    }

    /** Compat: these may be padded with spaces, and are reported with a capital letter. */
    private static void sourceRanges(Field service, Field spec) {
        Field ranges = spec.child("loadBalancerSourceRanges").at("spec.LoadBalancerSourceRanges");
        boolean isBalancer = ServiceType.isLoadBalancer(spec.value());
        if (!ranges.isEmpty()) {
            if (!isBalancer) {
                ranges.forbidden(BALANCER_ONLY);
            }
            ranges.items().forEach(each -> AddressRules.cidr(each, each.text().strip()));
            return;
        }
        Field annotation =
                service.child("metadata", "annotations")
                        .key("service.beta.kubernetes.io/load-balancer-source-ranges");
        if (!annotation.isSet()) {
            return;
        }
        if (!isBalancer) {
            annotation.forbidden(BALANCER_ONLY);
        }
        if (!annotation.text().isBlank()) {
            for (String range : annotation.text().split(",", -1)) {
                AddressRules.cidr(annotation, range.strip());
            }
        }
    }

    private static void balancer(Field spec) {
        boolean isBalancer = ServiceType.isLoadBalancer(spec.value());
        Field allocates = spec.child("allocateLoadBalancerNodePorts");
        if (allocates.isSet() && !isBalancer) {
            allocates.forbidden(BALANCER_ONLY);
        } else if (!allocates.isSet() && isBalancer) {
            allocates.at("allocateLoadBalancerNodePorts").required("");
        }
        balancerClass(spec);
    }

    static void balancerClass(Field spec) {
        Field balancerClass = spec.child("loadBalancerClass");
        if (!balancerClass.isSet()) {
            return;
        }
        if (ServiceType.isLoadBalancer(spec.value())) {
            balancerClass.invalidFor(Names.qualified(balancerClass.text()));
        } else {
            balancerClass.forbidden(BALANCER_ONLY);
        }
    }

    private static void trafficPolicies(Field spec) {
        Field external = spec.child("externalTrafficPolicy");
        if (ServiceType.isExternal(spec.value())) {
            external.oneOf(POLICIES);
        } else if (!external.isEmpty()) {
            external.invalid("may only be set for externally-accessible services");
        }
        Field health = spec.child("healthCheckNodePort");
        if (!ServiceType.needsHealthPort(spec.value())) {
            if (health.number() != 0) {
                health.invalid(
                        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy`"
                                + " is 'Local'");
            }
        } else if (health.number() == 0) {
            health.required("");
        } else {
            AddressRules.portNumber(health);
        }
        Field internal = spec.child("internalTrafficPolicy");
        if (!internal.isSet() && ServiceType.isRouted(spec.value())) {
            internal.required("");
        } else if (internal.isSet() && !POLICIES.contains(internal.text())) {
            internal.notSupported(POLICIES);
        }
        Field distribution = spec.child("trafficDistribution");
        if (distribution.isSet() && !DISTRIBUTIONS.contains(distribution.text())) {
            distribution.notSupported(DISTRIBUTIONS);
        }
    }
}
