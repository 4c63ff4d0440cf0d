package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.scheduler.cycle.state.SchedulerState;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import java.util.Optional;

/** Puts each input into the state, and wakes the pods that it could help. */
final class InputIntake {
    private final String schedulerName;
    private final SchedulerState state;

    private final StandbyBindings standby;
    private Instant nodesChanged = Instant.EPOCH;
    private Instant fleetChanged = Instant.EPOCH;

    InputIntake(String schedulerName, SchedulerState state, StandbyBindings standby) {
        this.schedulerName = schedulerName;
        this.state = state;
        this.standby = standby;
    }

    /** When the set of nodes, or what one says of itself, last changed. */
    Instant nodesChanged() {
        return nodesChanged;
    }

    /** When a node last came, went, or began or ceased to let pods come. */
    Instant fleetChanged() {
        return fleetChanged;
    }

    void nodeSeen(NodeFacts node, Instant now) {
        Optional<NodeFacts> before = state.snapshot().node(node.name()).map(NodeView::facts);
        if (before.filter(node::equals).isPresent()) {
            return;
        }
        nodesChanged = now;
        fleetChanged = before.filter(each -> isAsOpen(each, node)).isPresent() ? fleetChanged : now;
        state.putNode(node, now);
    }

    /** Whether pods may come as before; images and the like don't matter. */
    private static boolean isAsOpen(NodeFacts before, NodeFacts now) {
        return before.isUnschedulable() == now.isUnschedulable()
                && before.taints().equals(now.taints());
    }

    void nodeGone(String name, Instant now) {
        state.removeNode(name, now);
        nodesChanged = now;
        fleetChanged = now;
    }

    void podSeen(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        standby.shown(pod);
        state.seen(pod, now);
        switch (sighting.stage()) {
            case BOUND -> {
                standby.forget(pod.uid());
                state.bind(pod, sighting.node(), sighting.gang(), now);
            }
            case FINISHED, HELD -> state.forget(pod.uid(), now);
            case PENDING -> pending(sighting, now);
        }
    }

    private void pending(PodSighting sighting, Instant now) {
        String scheduler = sighting.scheduler();
        if (!scheduler.equals(schedulerName) && !state.placer().serves(scheduler)) {
            return;
        }
        PodInfo pod = state.snapshot().known(sighting.info());
        if (state.pending(pod, sighting.gang(), now) && !standby.acceptKept(pod.uid(), now)) {
            state.followNomination(sighting.info(), sighting.nominatedNode(), now);
        }
    }

    /** State would not place the pod, or none of its gang: all space is free, all is tried anew. */
    void rejected(Binding binding, Instant now) {
        standby.refused(binding.stamp());
        for (Binding each : binding.all()) {
            if (!state.reject(each.uid(), binding.stamp(), now)) {
                standby.forget(each.uid(), binding.stamp());
                state.devices().refuse(each.uid(), StandbyBindings.effects(each));
            }
        }
        if (binding.all().stream().anyMatch(InputIntake::givesDevices)) {
            state.wakeForDevices(now);
        }
    }

    private static boolean givesDevices(Binding one) {
        return StandbyBindings.effects(one).stream()
                .anyMatch(Effect.GivesDevices.class::isInstance);
    }

    /** Bindings of the replica that leads now are replayed from the beginning. */
    void following(Instant now) {
        state.abandon(now);
        standby.clear();
    }
}
