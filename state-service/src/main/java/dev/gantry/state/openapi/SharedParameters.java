package dev.gantry.state.openapi;

import dev.gantry.state.codec.Etag;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes parameters that many operations have once for all of them.
 *
 * <p>Compat: {@code builder/parameters.go} of kube-openapi, with other hashes in the names, since
 * descriptions are our own. {@code dryRun} and {@code fieldValidation} stay where they are: older
 * clients look for them there to learn what the server can do.
 */
final class SharedParameters {
    private static final String OF_ALL = "#/definitions/io.k8s.apimachinery";

    private final Map<String, ObjectNode> shared = new TreeMap<>();

    private SharedParameters() {}

    /** Leaves references in the paths, and gives what they refer to. */
    static ObjectNode takeFrom(ObjectNode paths) {
        SharedParameters found = new SharedParameters();
        for (JsonNode path : paths) {
            found.replaceIn(path.path("parameters"));
            path.forEach(operation -> found.replaceIn(operation.path("parameters")));
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        found.shared.forEach(document::set);
        return document;
    }

    private void replaceIn(JsonNode parameters) {
        if (!(parameters instanceof ArrayNode all)) {
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            ObjectNode parameter = (ObjectNode) all.get(i);
            if (isShared(parameter)) {
                String name = nameOf(parameter);
                shared.put(name, parameter);
                all.set(i, all.objectNode().put("$ref", "#/parameters/" + name));
            }
        }
    }

    private static boolean isShared(ObjectNode parameter) {
        return switch (parameter.path("name").asString("")) {
            case "name", "dryRun", "fieldValidation" -> false;
            case "body" -> parameter.at("/schema/$ref").asString("").startsWith(OF_ALL);
            default -> true;
        };
    }

    private static String nameOf(ObjectNode parameter) {
        String hash = Etag.hash(parameter.toString().getBytes(StandardCharsets.UTF_8));
        return parameter.path("name").asString("") + "-" + hash.substring(0, 8);
    }
}
