package dev.gantry.controller.workload.replicaset;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two kinds that keep a number of pods of one template. They differ in little. */
enum ReplicaKind {
    REPLICA_SET(Resources.REPLICA_SETS, "ReplicaSet", "replicaset-controller"),
    REPLICATION_CONTROLLER(
            Resources.REPLICATION_CONTROLLERS, "ReplicationController", "replication-controller");

    private final GroupResource resource;
    private final String kindName;
    private final String component;

    ReplicaKind(GroupResource resource, String kindName, String component) {
        this.resource = resource;
        this.kindName = kindName;
        this.component = component;
    }

    GroupResource resource() {
        return resource;
    }

    String kindName() {
        return kindName;
    }

    String component() {
        return component;
    }

    /** The older kind has a map of labels for a selector. */
    LabelSelector selector(Resource set) {
        JsonNode selector = set.spec().path("selector");
        if (this == REPLICA_SET) {
            return LabelSelector.of(selector);
        }
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.set("matchLabels", selector);
        return LabelSelector.of(form);
    }

    boolean tellsTerminating() {
        return this == REPLICA_SET;
    }
}
