package dev.gantry.client.controller;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What definitions of custom resources add to the kinds that there are. */
public final class CustomKinds {
    private CustomKinds() {}

    /**
     * The kind that is served because of a definition, in the stored version where that is served.
     * Empty while it is not established.
     */
    public static Optional<Kind> of(Resource definition) {
        JsonNode status = definition.tree().path("status");
        Optional<String> version = version(definition.spec().path("versions"));
        if (version.isEmpty() || !Conditions.isTrue(status.path("conditions"), "Established")) {
            return Optional.empty();
        }
        String group = Resource.text(definition.spec(), "group");
        String kind = Resource.text(status.path("acceptedNames"), "kind");
        String plural = Resource.text(status.path("acceptedNames"), "plural");
        return Optional.of(
                Resource.text(definition.spec(), "scope").equals("Namespaced")
                        ? Kind.namespaced(group, version.get(), kind, plural)
                        : Kind.ofCluster(group, version.get(), kind, plural));
    }

    private static Optional<String> version(JsonNode versions) {
        Optional<String> served = Optional.empty();
        for (JsonNode each : versions) {
            if (each.path("served").asBoolean(false)) {
                boolean isStored = each.path("storage").asBoolean(false);
                if (isStored || served.isEmpty()) {
                    served = Optional.of(Resource.text(each, "name"));
                }
            }
        }
        return served;
    }
}
