package dev.gantry.cli.plan;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.node.ObjectNode;

/** A pod that its controller would start anew: the same, without a node, another uid. */
final class Displaced {
    private Displaced() {}

    static Resource anew(Resource pod) {
        Resource copy = pod.copy();
        ObjectNode metadata = copy.mutableMetadata();
        metadata.put("uid", pod.uid().value() + "-anew");
        metadata.remove("deletionTimestamp");
        Resource.child(copy.tree(), "spec").remove("nodeName");
        copy.tree().putObject("status").put("phase", "Pending");
        return copy;
    }
}
