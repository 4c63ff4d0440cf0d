package dev.gantry.state.apply;

import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration that is laid over an object without anybody becoming the owner of its fields.
 *
 * <p>Compat: {@code ApplyStructuredMergeDiff} of mutating policies: what is owned as a whole may
 * not be changed so, since what the configuration leaves out of it would be lost.
 */
public sealed interface ConfigurationPatch {
    record Applied(ObjectNode object) implements ConfigurationPatch {}

    record Refused(String why) implements ConfigurationPatch {}

    /** Leaves both as they are. */
    static ConfigurationPatch apply(ObjectNode object, ObjectNode config, StructType type) {
        Node root = Node.root(type);
        Survey survey = new Survey(new ArrayList<>(), new ArrayList<>());
        survey.look(config, root, "");
        if (!survey.undeclared.isEmpty()) {
            return new Refused(
                    "failed to convert patch object to typed object: %s: field not declared in schema"
                            .formatted(String.join(", ", survey.undeclared)));
        }
        return survey.atomic.isEmpty()
                ? new Applied((ObjectNode) Merging.merge(object, config, root))
                : new Refused(
                        "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                                + String.join(", ", survey.atomic));
    }

    /** Paths in a configuration that it may not have. */
    record Survey(List<String> undeclared, List<String> atomic) {
        void look(JsonNode value, Node node, String path) {
            if (value.isObject()) {
                if (!node.isGranularObject(value)) {
                    atomic.add(path);
                }
                for (var each : value.properties()) {
                    String below = path + "." + each.getKey();
                    if (node.isClosed() && !node.declares(each.getKey())) {
                        undeclared.add(below);
                    }
                    look(each.getValue(), node.below(each.getKey()), below);
                }
            } else if (value.isArray()) {
                if (!node.isGranularList(value)) {
                    atomic.add(path);
                }
                int index = 0;
                for (JsonNode each : value) {
                    look(each, node.item(), path + "[" + index + "]");
                    index++;
                }
            }
        }
    }
}
