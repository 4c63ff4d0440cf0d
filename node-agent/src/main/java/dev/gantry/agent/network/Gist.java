package dev.gantry.agent.network;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects of the whole cluster without what no agent asks them for.
 *
 * <p>Cost: every agent holds every node. As a tree a node takes 10 KB and more, most of it images,
 * conditions and who wrote which field; with 15,000 nodes an agent needed more memory than it may
 * take. What networking reads of it is some 1 KB ({@link NodeView}).
 */
public final class Gist {
    private static final String MANAGED_FIELDS = "managedFields";

    /** By field of a node, what is kept of it. */
    private static final Map<String, List<String>> OF_NODES =
            Map.of(
                    "metadata", List.of("name", "uid", "resourceVersion"),
                    "spec", List.of("podCIDR", "podCIDRs"),
                    "status", List.of("addresses"));

    private Gist() {}

    public static Resource of(Resource object) {
        if (object.tree().path("kind").asString("").equals(BuiltinKind.NODE.kindName())) {
            return ofNode(object.tree());
        }
        Resource gist = object.copy();
        Resource.child(gist.tree(), "metadata").remove(MANAGED_FIELDS);
        return gist;
    }

    private static Resource ofNode(ObjectNode node) {
        ObjectNode gist = JsonNodeFactory.instance.objectNode();
        gist.set("apiVersion", node.path("apiVersion"));
        gist.set("kind", node.path("kind"));
        OF_NODES.forEach(
                (part, fields) -> {
                    if (node.path(part) instanceof ObjectNode whole) {
                        gist.set(part, whole.deepCopy().retain(fields));
                    }
                });
        return new Resource(gist);
    }
}
