package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which ResourceClaims a pod was given: for those its spec names, and for extended resources.
 *
 * <p>Compat: {@code validatePodResourceClaimStatuses} and {@code
 * validatePodExtendedResourceClaimStatus}.
 */
final class GivenClaimRules {
    private GivenClaimRules() {}

    static void check(Field status, JsonNode spec) {
        Set<String> declared = new TreeSet<>();
        spec.path("resourceClaims").forEach(each -> declared.add(Resource.text(each, "name")));
        Set<String> seen = new TreeSet<>();
        for (Field claim : status.child("resourceClaimStatuses").items()) {
            Field name = claim.child("name");
            if (!declared.contains(name.text())) {
                name.invalidText(
                        name.text(), "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!seen.add(name.text())) {
                name.duplicate();
            }
            Field given = claim.child("resourceClaimName");
            if (given.isSet()) {
                given.invalidFor(Names.dnsSubdomain(given.text()));
            }
        }
        Field extended = status.child("extendedResourceClaimStatus");
        if (extended.isSet()) {
            extended(extended, spec);
        }
    }

    private static void extended(Field extended, JsonNode spec) {
        Field mappings = extended.child("requestMappings");
        if (mappings.isEmpty()) {
            mappings.required("at least one request mapping is required");
        }
        Set<List<String>> seen = new HashSet<>();
        for (Field mapping : mappings.items()) {
            container(mapping, spec);
            // Compat: told at the claim, not at the mapping.
            Field request = mapping.child("requestName");
            request.at(extended.child("requestName").path())
                    .invalidFor(Names.dnsLabel(request.text()));
            List<Field> key =
                    List.of(
                            mapping.child("containerName"),
                            mapping.child("resourceName"),
                            mapping.child("requestName"));
            if (!seen.add(key.stream().map(Field::text).toList())) {
                key.forEach(each -> each.duplicateText(each.text()));
            }
        }
        Field claim = extended.child("resourceClaimName");
        if (claim.isEmpty()) {
            claim.required("");
        } else {
            claim.invalidFor(Names.dnsSubdomain(claim.text()));
        }
    }

    private static void container(Field mapping, JsonNode spec) {
        Field name = mapping.child("containerName");
        Field resource = mapping.child("resourceName");
        Optional<JsonNode> container =
                ContainerStatusRules.named(spec.path("initContainers"), name.text())
                        .or(() -> ContainerStatusRules.named(spec.path("containers"), name.text()));
        if (container.isEmpty()) {
            name.invalidText(
                    name.text(),
                    "must match the name of an entry in spec.initContainers.name or"
                            + " spec.containers.name");
        } else if (!container.get().path("resources").path("requests").has(resource.text())) {
            resource.invalidText(
                    resource.text(),
                    "must match the extended resource name of an entry in"
                            + " spec.initContainers.resources.requests or"
                            + " spec.containers.resources.requests");
        }
    }
}
