package dev.gantry.controller.node.ipam;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles all nodes together, so that no range is handed out twice. */
public final class NodeIpamController implements Controller {
    private static final GroupResource NODES = Resources.NODES;
    private static final ObjectKey ALL = new ObjectKey(NODES, "", "*");

    private final List<AddressBlock> podRanges;
    private final NodeIpamReconciler reconciler = new NodeIpamReconciler();

    public NodeIpamController(List<AddressBlock> podRanges) {
        this.podRanges = List.copyOf(podRanges);
    }

    @Override
    public String component() {
        return "node-ipam-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        boolean isWaiting = change.after().filter(NodeIpamView::isWaiting).isPresent();
        if (isWaiting || change.after().isEmpty()) {
            enqueue.accept(ALL);
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(new NodeIpamView(podRanges, cluster.list(NODES)), now);
    }
}
