package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import java.util.List;
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
        Optional<NodeFacts> before = state.snapshot.node(node.name()).map(NodeView::facts);
        if (before.filter(node::equals).isPresent()) {
            return;
        }
        boolean isFirst = state.snapshot.nodeCount() == 0;
        state.snapshot.putNode(node);
        nodesChanged = now;
        fleetChanged = before.filter(each -> isAsOpen(each, node)).isPresent() ? fleetChanged : now;
        if (isFirst) {
            state.queue.wake(_ -> true, now);
        } else {
            state.hints.nodeChanged(node.name(), before, now);
        }
    }

    /** Whether pods may come as before; images and the like don't matter. */
    private static boolean isAsOpen(NodeFacts before, NodeFacts now) {
        return before.isUnschedulable() == now.isUnschedulable()
                && before.taints().equals(now.taints());
    }

    /** What state may place there at any moment keeps its space, should the node come back. */
    void nodeGone(String name, Instant now) {
        state.nominations.on(name).stream()
                .filter(each -> !each.isUnderway())
                .forEach(each -> renounce(each, now));
        state.snapshot.removeNode(name);
        nodesChanged = now;
        fleetChanged = now;
        state.hints.nodeGone(now);
    }

    void podSeen(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        standby.shown(pod);
        Uid before = state.uids.put(pod.key(), pod.uid());
        if (before != null && !before.equals(pod.uid())) {
            state.forget(before, now);
        }
        switch (sighting.stage()) {
            case BOUND -> bound(sighting, now);
            case FINISHED, HELD -> state.forget(pod.uid(), now);
            case PENDING -> pending(sighting, now);
        }
    }

    /** State would not place the pod, or none of its gang: all space is free, all is tried anew. */
    void rejected(Binding binding, Instant now) {
        standby.refused(binding.stamp());
        for (Binding each : binding.all()) {
            Optional<PodInfo> pod = state.awaiting(each.uid(), binding.stamp());
            if (pod.isPresent()) {
                // As the feed has shown it since: a binding of an older revision may be refused
                // again.
                PodInfo newest = state.queue.find(each.uid()).orElse(pod.get());
                state.release(each.uid(), now);
                retryIfCurrent(newest, now);
            } else {
                standby.forget(each.uid(), binding.stamp());
                state.snapshot.devices().refused(each.uid(), StandbyBindings.effects(each));
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

    /**
     * None of our bindings in flight is sure any more; their pods are tried again when we lead.
     * Bindings of the other leader are replayed from the beginning.
     */
    void following(Instant now) {
        for (Assumed each : state.assumed.removeAll()) {
            state.preparations.remove(each.pod().uid());
            state.giveBack(each.pod().uid(), now);
            state.addIfCurrent(each.pod(), now);
        }
        state.nominations.all().forEach(each -> renounce(each, now));
        state.lastMessages.clear();
        standby.clear();
    }

    private void bound(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        state.queue.forget(pod.uid());
        state.lastMessages.remove(pod.uid());
        standby.forget(pod.uid());
        state.preparations.remove(pod.uid());
        if (sighting.gang().isNone()) {
            state.gangs.remove(pod.uid());
        } else if (state.gangs.placed(sighting.gang(), pod)) {
            wakeGang(pod.uid(), now);
        }
        state.nominations.remove(pod.uid());
        Optional<Assumed> was = state.assumed.remove(pod.uid());
        Optional<PlacedPod> before = state.snapshot.pod(pod.uid());
        boolean isWhereWeThought = before.filter(b -> b.node().equals(sighting.node())).isPresent();
        if (before.isPresent() && !isWhereWeThought) {
            // It was bound by another; what we prepared for it may have taken effect before.
            state.leaveDevices(pod.uid());
        }
        state.snapshot.place(pod, sighting.node());
        boolean isAsItWas =
                isWhereWeThought
                        && !before.orElseThrow().isNominated()
                        && isAlike(before.orElseThrow().pod(), pod);
        if (was.isPresent() && !isWhereWeThought) {
            before.ifPresent(wrong -> state.hints.left(wrong, now));
        }
        if (!isAsItWas) {
            before.filter(_ -> isWhereWeThought)
                    .ifPresent(changed -> state.hints.left(changed, now));
            state.hints.came(pod, now);
        }
    }

    /** Relabelled or resized, it may be in the way of others no more. */
    private static boolean isAlike(PodInfo before, PodInfo now) {
        return before.labels().equals(now.labels())
                && before.signature().asked().equals(now.signature().asked());
    }

    private void pending(PodSighting sighting, Instant now) {
        PodInfo pod = state.snapshot.known(sighting.info());
        if (!sighting.scheduler().equals(schedulerName)
                && !state.profiles.serves(sighting.scheduler())) {
            return;
        }
        if (sighting.gang().isNone()) {
            state.gangs.remove(pod.uid());
        } else if (state.gangs.waits(sighting.gang(), pod.uid())) {
            wakeGang(pod.uid(), now);
        }
        if (state.assumed.find(pod.uid()).isPresent()) {
            state.assumed.renew(pod);
            return;
        }
        state.queue.add(pod, now);
        if (!standby.acceptKept(pod.uid(), now)) {
            followNomination(sighting, now);
        }
    }

    /**
     * The feed decides: a nomination by an earlier leader or by another client counts, one that was
     * undone does not.
     */
    private void followNomination(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        Optional<Nomination> known = state.nominations.find(pod.uid());
        String node = sighting.nominatedNode();
        if (known.isPresent() && known.get().node().equals(node)) {
            if (!known.get().isUnderway() || pod.revision().value() > known.get().seen()) {
                state.nominations.confirm(pod.uid());
            }
            state.wakeNominated(node, now);
            return;
        }
        known.filter(Nomination::isConfirmed).ifPresent(each -> renounce(each, now));
        if (!node.isEmpty() && state.nominations.find(pod.uid()).isEmpty()) {
            state.snapshot.nominate(pod, node);
            state.nominations.add(
                    new Nomination(pod, node, List.of(), Optional.empty(), now, true));
        }
    }

    private void renounce(Nomination nomination, Instant now) {
        state.dropNomination(nomination, now);
        state.addIfCurrent(nomination.pod(), now);
        state.queue.wakeAtOnce(nomination.pod().uid(), now);
    }

    private void wakeGang(Uid uid, Instant now) {
        state.gangs.of(uid).stream()
                .flatMap(standing -> standing.waiting().stream())
                .forEach(each -> state.queue.wakeAtOnce(each, now));
    }

    private void retryIfCurrent(PodInfo pod, Instant now) {
        if (pod.uid().equals(state.uids.get(pod.key()))) {
            state.queue.retry(pod, now);
        }
    }
}
