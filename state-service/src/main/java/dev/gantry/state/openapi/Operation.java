package dev.gantry.state.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one method does at a path.
 *
 * @param document without {@code parameters}, but for the body of OpenAPI v2
 * @param parameters of query and path
 */
record Operation(String method, ObjectNode document, List<ObjectNode> parameters) {
    /** With the parameters that not all operations of the path have. */
    ObjectNode without(List<ObjectNode> common) {
        List<JsonNode> own = new ArrayList<>();
        document.path("parameters").forEach(own::add);
        parameters.stream().filter(each -> !common.contains(each)).forEach(own::add);
        ObjectNode whole = document.deepCopy();
        if (!own.isEmpty()) {
            whole.set("parameters", sorted(own));
        }
        return whole;
    }

    /** By name, and in the path first. */
    static ArrayNode sorted(List<? extends JsonNode> parameters) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        parameters.stream()
                .sorted(
                        Comparator.comparing(
                                each ->
                                        each.path("name").asString()
                                                + " "
                                                + each.path("in").asString()))
                .forEach(all::add);
        return all;
    }
}
