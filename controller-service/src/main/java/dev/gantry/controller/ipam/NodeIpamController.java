package dev.gantry.controller.ipam;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.World;
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

/** Looks at all nodes together, so that no two looks can hand out the same range. */
public final class NodeIpamController implements Controller {
    private static final GroupResource NODES = Resources.NODES;
    private static final ObjectKey ALL = new ObjectKey(NODES, "", "*");

    private final List<AddressBlock> cluster;
    private final IpamReconciler reconciler = new IpamReconciler();

    public NodeIpamController(List<AddressBlock> cluster) {
        this.cluster = List.copyOf(cluster);
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
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        boolean isWaiting = change.after().filter(IpamView::isWaiting).isPresent();
        if (isWaiting || change.after().isEmpty()) {
            look.accept(ALL);
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return reconciler.reconcile(new IpamView(cluster, world.list(NODES)), now);
    }
}
