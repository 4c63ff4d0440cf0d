package dev.gantry.cli.cluster;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes like others. What has befallen a node is left behind: its cordon, and taints that say how
 * it is. Devices and limits of storage drivers are told in objects of their own, and it has none.
 */
public final class NodeTemplate {
    private static final String BEFALLEN = "node.kubernetes.io/";

    private NodeTemplate() {}

    public static Resource of(Resource like, String name) {
        Resource copy = like.copy();
        copy.mutableMetadata().put("name", name).put("uid", name);
        Resource.child(copy.mutableMetadata(), "labels").put("kubernetes.io/hostname", name);
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        spec.remove("unschedulable");
        if (spec.get("taints") instanceof ArrayNode taints) {
            for (int i = taints.size() - 1; i >= 0; i--) {
                if (Resource.text(taints.get(i), "key").startsWith(BEFALLEN)) {
                    taints.remove(i);
                }
            }
        }
        return copy;
    }
}
