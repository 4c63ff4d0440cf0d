package dev.gantry.controller.node.ttl;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reconciles each node that was not told the time of today's size, and all when that changes. */
public final class TtlController implements Controller {
    private static final GroupResource NODES = Resources.NODES;
    private static final String TTL = "node.alpha.kubernetes.io/ttl";

    private final ClusterSize size = new ClusterSize();

    @Override
    public String component() {
        return "ttl-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        boolean isOtherTime =
                change.before().isEmpty() && size.nodeCame()
                        || change.after().isEmpty() && size.nodeWent();
        if (isOtherTime) {
            cluster.list(NODES).forEach(node -> enqueue.accept(node.key(NODES)));
        } else if (change.after().filter(node -> !isTold(node)).isPresent()) {
            enqueue.accept(change.key());
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .filter(node -> !isTold(node))
                .map(node -> Plan.<Action>of(List.of(telling(node))))
                .orElse(Plan.settled());
    }

    private boolean isTold(Resource node) {
        return time().equals(node.annotations().get(TTL));
    }

    private Action telling(Resource node) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Resource.text(node.metadata(), "resourceVersion"));
        ObjectNode annotations = metadata.putObject("annotations");
        node.annotations().forEach(annotations::put);
        annotations.put(TTL, time());
        return new Action.PatchMetadata(node.key(NODES), metadata);
    }

    private String time() {
        return Integer.toString(size.seconds());
    }
}
