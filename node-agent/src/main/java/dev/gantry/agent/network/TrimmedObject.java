package dev.gantry.agent.network;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects of the whole cluster without the fields that no agent reads.
 *
 * <p>Cost: every agent holds every node. As a tree a node takes 10 KB and more, most of it images,
 * conditions and who wrote which field; with 15,000 nodes an agent needed more memory than it may
 * take. What networking reads of it is some 1 KB ({@link NodeView}).
 */
public final class TrimmedObject {
    private static final String MANAGED_FIELDS = "managedFields";
    private static final String LABELS = "labels";
    private static final String CONDITIONS = "conditions";
    private static final String READY = "Ready";

    /** By field of a node, what is kept of it. */
    private static final Map<String, List<String>> OF_NODES =
            Map.of(
                    "metadata", List.of("name", "uid", "resourceVersion", LABELS),
                    "spec", List.of("podCIDR", "podCIDRs"),
                    "status", List.of("addresses"));

    private TrimmedObject() {}

    /**
     * @param ownNode of it stay the labels and taints as well, since pods are admitted by them
     */
    public static Resource of(Resource object, String ownNode) {
        if (object.tree().path("kind").asString("").equals(Kinds.NODE.kindName())) {
            Resource trimmed = ofNode(object.tree());
            return object.name().equals(ownNode) ? withMarks(trimmed, object) : trimmed;
        }
        Resource trimmed = object.copy();
        Resource.child(trimmed.tree(), "metadata").remove(MANAGED_FIELDS);
        return trimmed;
    }

    private static Resource withMarks(Resource trimmed, Resource whole) {
        keep(trimmed, whole, "metadata", LABELS);
        keep(trimmed, whole, "spec", "taints");
        return trimmed;
    }

    private static void keep(Resource trimmed, Resource whole, String part, String field) {
        JsonNode found = whole.tree().path(part).path(field);
        if (!found.isMissingNode()) {
            Resource.child(trimmed.tree(), part).set(field, found.deepCopy());
        }
    }

    private static Resource ofNode(ObjectNode node) {
        ObjectNode trimmed = JsonNodeFactory.instance.objectNode();
        trimmed.set("apiVersion", node.path("apiVersion"));
        trimmed.set("kind", node.path("kind"));
        OF_NODES.forEach(
                (part, fields) -> {
                    if (node.path(part) instanceof ObjectNode whole) {
                        trimmed.set(part, whole.deepCopy().retain(fields));
                    }
                });
        keepLabels(trimmed.path("metadata"));
        Conditions.find(node.path("status").path(CONDITIONS), READY)
                .ifPresent(each -> keepReady(trimmed, each));
        return new Resource(trimmed);
    }

    /** Without its times, which change with each heartbeat that is saved. */
    private static void keepReady(ObjectNode trimmed, JsonNode condition) {
        Resource.child(trimmed, "status")
                .putArray(CONDITIONS)
                .addObject()
                .put("type", READY)
                .set("status", condition.path("status"));
    }

    private static void keepLabels(JsonNode metadata) {
        if (metadata.path(LABELS) instanceof ObjectNode labels
                && labels.retain(List.of(NodeView.ZONE, NodeView.EXCLUDED)).isEmpty()) {
            ((ObjectNode) metadata).remove(LABELS);
        }
    }
}
