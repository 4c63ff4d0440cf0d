package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.NodeTerm;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * From which nodes devices can be used.
 *
 * @param node the only one; empty where it is not just one
 * @param selector as the slice has it, for the claim to be kept to these nodes
 */
public record NodeChoice(String node, boolean isAll, List<NodeTerm> terms, JsonNode selector) {
    public boolean includes(String nodeName, Map<String, String> labels) {
        if (!node.isEmpty()) {
            return node.equals(nodeName);
        }
        return isAll || NodeTerm.anySelects(terms, nodeName, labels);
    }

    static NodeChoice of(JsonNode json) {
        JsonNode selector = json.path("nodeSelector");
        return new NodeChoice(
                Resource.text(json, "nodeName"),
                json.path("allNodes").asBoolean(false),
                NodeTerm.listOf(selector),
                selector);
    }
}
