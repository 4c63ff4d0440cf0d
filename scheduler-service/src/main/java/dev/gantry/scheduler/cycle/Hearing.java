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

/** What happened goes into the ledger, and wakes whom it could help. */
final class Hearing {
    private final String schedulerName;
    private final Ledger ledger;

    private final Hearsay hearsay;
    private Instant nodesChanged = Instant.EPOCH;
    private Instant fleetChanged = Instant.EPOCH;

    Hearing(String schedulerName, Ledger ledger, Hearsay hearsay) {
        this.schedulerName = schedulerName;
        this.ledger = ledger;
        this.hearsay = hearsay;
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
        Optional<NodeFacts> before = ledger.snapshot.node(node.name()).map(NodeView::facts);
        if (before.filter(node::equals).isPresent()) {
            return;
        }
        boolean isFirst = ledger.snapshot.nodeCount() == 0;
        ledger.snapshot.putNode(node);
        nodesChanged = now;
        fleetChanged = before.filter(each -> isAsOpen(each, node)).isPresent() ? fleetChanged : now;
        if (isFirst) {
            ledger.queue.wake(_ -> true, now);
        } else {
            ledger.hints.nodeChanged(node.name(), before, now);
        }
    }

    /** Whether pods may come as before; images and the like don't matter. */
    private static boolean isAsOpen(NodeFacts before, NodeFacts now) {
        return before.isUnschedulable() == now.isUnschedulable()
                && before.taints().equals(now.taints());
    }

    /** What state may place there at any moment keeps its space, should the node come back. */
    void nodeGone(String name, Instant now) {
        ledger.nominations.on(name).stream()
                .filter(each -> !each.isUnderway())
                .forEach(each -> renounce(each, now));
        ledger.snapshot.removeNode(name);
        nodesChanged = now;
        fleetChanged = now;
        ledger.hints.nodeGone(now);
    }

    void podSeen(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        hearsay.shown(pod);
        Uid before = ledger.uids.put(pod.key(), pod.uid());
        if (before != null && !before.equals(pod.uid())) {
            ledger.forget(before, now);
        }
        switch (sighting.stage()) {
            case BOUND -> bound(sighting, now);
            case FINISHED, HELD -> ledger.forget(pod.uid(), now);
            case PENDING -> pending(sighting, now);
        }
    }

    /** State would not place the pod, or none of its gang: all space is free, all is tried anew. */
    void rejected(Binding binding, Instant now) {
        hearsay.refused(binding.stamp());
        for (Binding each : binding.all()) {
            Optional<PodInfo> pod = ledger.awaiting(each.uid(), binding.stamp());
            if (pod.isPresent()) {
                // What the feed has shown since: a word about an older revision may be refused
                // again.
                PodInfo newest = ledger.queue.find(each.uid()).orElse(pod.get());
                ledger.release(each.uid(), now);
                retryIfCurrent(newest, now);
            } else {
                hearsay.forget(each.uid(), binding.stamp());
                ledger.snapshot.devices().refused(each.uid(), Hearsay.effects(each));
            }
        }
        if (binding.all().stream().anyMatch(Hearing::givesDevices)) {
            ledger.wakeForDevices(now);
        }
    }

    private static boolean givesDevices(Binding one) {
        return Hearsay.effects(one).stream().anyMatch(Effect.GivesDevices.class::isInstance);
    }

    /**
     * Nothing that we said is sure any more; those who wait are tried again when we lead. What was
     * foretold is heard from the beginning.
     */
    void following(Instant now) {
        for (Assumed each : ledger.assumed.removeAll()) {
            ledger.preparations.remove(each.pod().uid());
            ledger.giveBack(each.pod().uid(), now);
            ledger.addIfCurrent(each.pod(), now);
        }
        ledger.nominations.all().forEach(each -> renounce(each, now));
        ledger.told.clear();
        hearsay.clear();
    }

    private void bound(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        ledger.queue.forget(pod.uid());
        ledger.told.remove(pod.uid());
        hearsay.forget(pod.uid());
        ledger.preparations.remove(pod.uid());
        if (sighting.gang().isNone()) {
            ledger.gangs.remove(pod.uid());
        } else if (ledger.gangs.placed(sighting.gang(), pod)) {
            wakeGang(pod.uid(), now);
        }
        ledger.nominations.remove(pod.uid());
        Optional<Assumed> was = ledger.assumed.remove(pod.uid());
        Optional<PlacedPod> before = ledger.snapshot.pod(pod.uid());
        boolean isWhereWeThought = before.filter(b -> b.node().equals(sighting.node())).isPresent();
        if (before.isPresent() && !isWhereWeThought) {
            // Somebody else bound it; what we prepared for it may have held before.
            ledger.leaveDevices(pod.uid());
        }
        ledger.snapshot.place(pod, sighting.node());
        boolean isAsItWas =
                isWhereWeThought
                        && !before.orElseThrow().isNominated()
                        && isAlike(before.orElseThrow().pod(), pod);
        if (was.isPresent() && !isWhereWeThought) {
            before.ifPresent(wrong -> ledger.hints.left(wrong, now));
        }
        if (!isAsItWas) {
            before.filter(_ -> isWhereWeThought)
                    .ifPresent(changed -> ledger.hints.left(changed, now));
            ledger.hints.came(pod, now);
        }
    }

    /** Relabelled or resized, it may be in the way of others no more. */
    private static boolean isAlike(PodInfo before, PodInfo now) {
        return before.labels().equals(now.labels())
                && before.signature().asked().equals(now.signature().asked());
    }

    private void pending(PodSighting sighting, Instant now) {
        PodInfo pod = ledger.snapshot.known(sighting.info());
        if (!sighting.scheduler().equals(schedulerName)
                && !ledger.profiles.serves(sighting.scheduler())) {
            return;
        }
        if (sighting.gang().isNone()) {
            ledger.gangs.remove(pod.uid());
        } else if (ledger.gangs.waits(sighting.gang(), pod.uid())) {
            wakeGang(pod.uid(), now);
        }
        if (ledger.assumed.find(pod.uid()).isPresent()) {
            ledger.assumed.renew(pod);
            return;
        }
        ledger.queue.add(pod, now);
        if (!hearsay.believeOf(pod.uid(), now)) {
            followNomination(sighting, now);
        }
    }

    /**
     * The feed has the last word: a predecessor's nomination counts, and one that somebody else
     * made; one that was undone does not.
     */
    private void followNomination(PodSighting sighting, Instant now) {
        PodInfo pod = sighting.info();
        Optional<Nomination> known = ledger.nominations.find(pod.uid());
        String node = sighting.nominatedNode();
        if (known.isPresent() && known.get().node().equals(node)) {
            if (!known.get().isUnderway() || pod.revision().value() > known.get().seen()) {
                ledger.nominations.confirm(pod.uid());
            }
            ledger.wakeNominated(node, now);
            return;
        }
        known.filter(Nomination::isConfirmed).ifPresent(each -> renounce(each, now));
        if (!node.isEmpty() && ledger.nominations.find(pod.uid()).isEmpty()) {
            ledger.snapshot.nominate(pod, node);
            ledger.nominations.add(
                    new Nomination(pod, node, List.of(), Optional.empty(), now, true));
        }
    }

    private void renounce(Nomination nomination, Instant now) {
        ledger.dropNomination(nomination, now);
        ledger.addIfCurrent(nomination.pod(), now);
        ledger.queue.wakeAtOnce(nomination.pod().uid(), now);
    }

    private void wakeGang(Uid uid, Instant now) {
        ledger.gangs.of(uid).stream()
                .flatMap(standing -> standing.waiting().stream())
                .forEach(each -> ledger.queue.wakeAtOnce(each, now));
    }

    private void retryIfCurrent(PodInfo pod, Instant now) {
        if (pod.uid().equals(ledger.uids.get(pod.key()))) {
            ledger.queue.retry(pod, now);
        }
    }
}
