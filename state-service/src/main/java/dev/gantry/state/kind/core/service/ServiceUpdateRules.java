package dev.gantry.state.kind.core.service;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What of a Service stays: its first address and family; the second may come and go. Compat: the
 * first part of {@code ValidateServiceUpdate}.
 */
final class ServiceUpdateRules {
    private static final String FIXED = "may not change once set";

    private ServiceUpdateRules() {}

    static void check(Field spec, JsonNode before) {
        boolean hasAddresses =
                !spec.text("type").equals("ExternalName")
                        && !ServiceType.of(before).equals("ExternalName");
        boolean isHeadless = ServiceType.isHeadless(spec.value());
        boolean wasHeadless = ServiceType.isHeadless(before);
        if (hasAddresses && !(isHeadless && wasHeadless)) {
            addresses(spec, before);
        }
        if (hasAddresses && !isHeadless && !wasHeadless) {
            families(spec, before);
        }
        boolean wasBalancer = ServiceType.isLoadBalancer(before);
        Field balancerClass = spec.child("loadBalancerClass");
        if (wasBalancer
                && ServiceType.isLoadBalancer(spec.value())
                && !Sameness.same(balancerClass.value(), before.path("loadBalancerClass"))) {
            balancerClass.invalid(FIXED);
        }
        // Compat: looked at here as well as with the Service, so that an error is told twice.
        ServiceRules.balancerClass(spec);
        Field health = spec.child("healthCheckNodePort");
        boolean keepsHealthPort =
                ServiceType.needsHealthPort(before) && ServiceType.needsHealthPort(spec.value());
        if (keepsHealthPort && health.number() != before.path("healthCheckNodePort").asLong(0)) {
            health.forbidden("field is immutable");
        }
    }

    private static void addresses(Field spec, JsonNode before) {
        Field list = spec.child("clusterIPs");
        List<String> now = list.texts();
        List<String> old = texts(before.path("clusterIPs"));
        if (now.size() == old.size()) {
            for (int i = 0; i < old.size(); i++) {
                if (!old.get(i).equals(now.get(i))) {
                    list.index(i).invalid(list.value(), FIXED);
                }
            }
            return;
        }
        Field first = list.index(0);
        if (now.isEmpty()) {
            first.invalid(list.value(), "primary clusterIP can not be unset");
        } else if (!old.isEmpty() && !now.getFirst().equals(old.getFirst())) {
            first.invalid(list.value(), FIXED);
        }
        if (old.size() > now.size() && now.size() == 1) {
            mustSaySingle(spec, "clusterIP");
        }
    }

    private static void families(Field spec, JsonNode before) {
        Field list = spec.child("ipFamilies");
        List<String> now = list.texts();
        List<String> old = texts(before.path("ipFamilies"));
        Field first = list.index(0);
        if (now.size() == old.size()) {
            for (int i = 0; i < old.size(); i++) {
                if (!old.get(i).equals(now.get(i))) {
                    first.invalid(list.value(), FIXED);
                }
            }
            return;
        }
        if (old.size() > now.size() && spec.child("clusterIPs").isEmpty()) {
            first.invalid(list.value(), "primary ipFamily can not be unset");
        }
        boolean isChanged =
                !old.isEmpty() && !now.isEmpty() && !now.getFirst().equals(old.getFirst());
        if (isChanged) {
            first.invalid(spec.child("clusterIPs").value(), FIXED);
        }
        if (old.size() > now.size() && now.size() == 1) {
            mustSaySingle(spec, "ipFamily");
        }
    }

    private static void mustSaySingle(Field spec, String what) {
        Field policy = spec.child("ipFamilyPolicy");
        if (!policy.text().equals("SingleStack")) {
            policy.invalid("must be set to 'SingleStack' when releasing the secondary " + what);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
