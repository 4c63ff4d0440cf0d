package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a Service says without effect, or in old words. Compat: {@code pkg/api/service}. */
final class ServiceWarnings {
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";

    private ServiceWarnings() {}

    static List<String> of(ObjectNode service) {
        List<String> found = new ArrayList<>();
        if (service.path("metadata").path("annotations").has(HINTS)) {
            found.add(
                    "annotation "
                            + HINTS
                            + " is deprecated, please use service.kubernetes.io/topology-mode"
                            + " instead");
        }
        JsonNode spec = service.path("spec");
        boolean isName = Resource.text(spec, "type").equals("ExternalName");
        boolean hasAddresses = !spec.path("externalIPs").isEmpty();
        if (ServiceType.isHeadless(spec)) {
            headless(spec, hasAddresses, found);
        } else if (hasAddresses && isName) {
            found.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        } else if (hasAddresses) {
            found.add(
                    "spec.externalIPs is deprecated and may no longer be implemented in some"
                            + " clusters");
        }
        if (!isName && !Resource.text(spec, "externalName").isEmpty()) {
            found.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (Resource.text(spec, "trafficDistribution").equals("PreferClose")) {
            found.add(
                    "spec.trafficDistribution: \"PreferClose\" is deprecated; use"
                            + " \"PreferSameZone\"");
        }
        return found;
    }

    private static void headless(JsonNode spec, boolean hasAddresses, List<String> found) {
        String ignored = " is ignored for headless services";
        if (!Resource.text(spec, "loadBalancerIP").isEmpty()) {
            found.add("spec.loadBalancerIP" + ignored);
        }
        if (hasAddresses) {
            found.add("spec.externalIPs" + ignored);
        }
        if (!Resource.text(spec, "sessionAffinity").equals("None")) {
            found.add("spec.SessionAffinity" + ignored);
        }
    }
}
