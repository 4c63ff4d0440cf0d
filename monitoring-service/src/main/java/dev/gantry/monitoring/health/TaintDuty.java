package dev.gantry.monitoring.health;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.duty.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.heartbeat.Pulses;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at a node when it changes. */
public final class TaintDuty implements Duty {
    private static final GroupResource NODES = BuiltinKind.NODE.resource();

    private final Pulses pulses;
    private final TaintReconciler reconciler = new TaintReconciler();

    public TaintDuty(Pulses pulses) {
        this.pulses = pulses;
    }

    @Override
    public String component() {
        return "node-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        look.accept(change.key());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return world.get(key)
                .filter(node -> !node.isBeingDeleted())
                .map(node -> new TaintView(node, isMass(node, world, now)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    /** Cost: all nodes are looked at, so not for one whose silence means nothing. */
    private boolean isMass(Resource node, World world, Instant now) {
        return Silence.isMeaningful(node) && Silence.isMass(world, pulses, now);
    }
}
