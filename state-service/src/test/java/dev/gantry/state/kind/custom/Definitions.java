package dev.gantry.state.kind.custom;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of custom resources for tests. */
public final class Definitions {
    private Definitions() {}

    /** One that is established, with one version. */
    public static ResourceDefinition of(Kind kind, JsonNode schema, boolean hasStatus) {
        ObjectNode definition = JsonMapper.shared().createObjectNode();
        ObjectNode spec = definition.putObject("spec");
        spec.put("group", kind.group())
                .put("scope", kind.isNamespaced() ? "Namespaced" : "Cluster");
        ObjectNode version = spec.putArray("versions").addObject();
        version.put("name", kind.version()).put("served", true).put("storage", true);
        version.putObject("schema").set("openAPIV3Schema", schema);
        if (hasStatus) {
            version.putObject("subresources").putObject("status");
        }
        ObjectNode status = definition.putObject("status");
        status.putObject("acceptedNames")
                .put("kind", kind.kindName())
                .put("plural", kind.plural())
                .put("singular", kind.singular());
        status.putArray("storedVersions").add(kind.version());
        return CustomKinds.of(new Resource(definition)).orElseThrow();
    }
}
