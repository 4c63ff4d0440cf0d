package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened goes into the ledger, and wakes whom it could help. */
final class Hearing {
    /**
     * Foretold bindings of pods that the feed has not shown yet; beyond it the oldest is let go.
     */
    private static final int MOST_FORETOLD = 100_000;

    private final String schedulerName;
    private final Ledger ledger;

    /**
     * How long a pod that an earlier leader placed may take to appear on our feed, at most: that
     * leader had seen it there, so that in the end it is shown, or something later.
     */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** Whoever looks after a longer time than this was suspended, and its feed with it. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Map<Uid, Binding> foretold =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Uid, Binding> eldest) {
                    return size() > MOST_FORETOLD;
                }
            };

    /** Messages without effect: each may be heard again, and its refusal before itself. */
    private final Map<Stamp, Boolean> refusals =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Stamp, Boolean> eldest) {
                    return size() > MOST_FORETOLD;
                }
            };

    private long foretoldTerm;

    /** The highest revision of a pod that a foretold binding looked at. */
    private long foretoldRevision;

    /** The highest revision of a pod that our feed has shown: it is all that was before, too. */
    private long shownRevision;

    private Instant endOfWait = Instant.EPOCH;
    private Instant lastLook = Instant.EPOCH;
    private Instant nodesChanged = Instant.EPOCH;
    private Instant fleetChanged = Instant.EPOCH;

    Hearing(String schedulerName, Ledger ledger) {
        this.schedulerName = schedulerName;
        this.ledger = ledger;
    }

    /** When the set of nodes, or what one says of itself, last changed. */
    Instant nodesChanged() {
        return nodesChanged;
    }

    /** When a node last came, went, or began or ceased to let pods come. */
    Instant fleetChanged() {
        return fleetChanged;
    }

    void leading(Instant now) {
        endOfWait = now.plus(LATE);
        lastLook = now;
    }

    /**
     * To be told before each decision: time in which we were suspended does not count as a wait.
     */
    void look(Instant now) {
        Duration away = Duration.between(lastLook, now).minus(LONGEST_LOOK);
        endOfWait = away.isPositive() ? endOfWait.plus(away) : endOfWait;
        lastLook = now;
    }

    /**
     * Whether an earlier leader placed pods of which we don't know yet how much space they take. A
     * pod that our feed should have shown by now is no more.
     */
    boolean isWaitingForPods(Instant now) {
        return !foretold.isEmpty() && shownRevision < foretoldRevision && now.isBefore(endOfWait);
    }

    Instant endOfWait() {
        return endOfWait;
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
        PodDemand pod = sighting.demand();
        shownRevision = Math.max(shownRevision, pod.revision().value());
        Uid before = ledger.uids.put(pod.key(), pod.uid());
        if (before != null && !before.equals(pod.uid())) {
            ledger.forget(before, now);
        }
        switch (sighting.stage()) {
            case BOUND -> bound(sighting, now);
            case FINISHED, HELD -> {
                ledger.gangs.remove(pod.uid());
                ledger.release(pod.uid(), now);
            }
            case PENDING -> pending(sighting, now);
        }
    }

    /** State would not place the pod, or none of its gang: all space is free, all is tried anew. */
    void rejected(Binding binding, Instant now) {
        refusals.put(binding.stamp(), true);
        for (Binding each : binding.all()) {
            Optional<PodDemand> pod = ledger.awaiting(each.uid(), binding.stamp());
            if (pod.isPresent()) {
                ledger.nominations
                        .find(each.uid())
                        .ifPresent(refused -> ledger.restore(refused.victims()));
                // What the feed has shown since: a word about an older revision may be refused
                // again.
                PodDemand newest = ledger.queue.find(each.uid()).orElse(pod.get());
                ledger.release(each.uid(), now);
                retryIfCurrent(newest, now);
            } else {
                forget(each.uid(), binding.stamp());
            }
        }
    }

    /**
     * Nothing that we said is sure any more; those who wait are tried again when we lead. What was
     * foretold is heard from the beginning.
     */
    void following(Instant now) {
        for (Assumed each : ledger.assumed.removeAll()) {
            ledger.preparations.remove(each.pod().uid());
            ledger.giveBack(each.pod().uid(), now);
            addIfCurrent(each.pod(), now);
        }
        ledger.nominations.all().forEach(each -> renounce(each, now));
        ledger.told.clear();
        foretold.clear();
        foretoldTerm = 0;
        foretoldRevision = 0;
    }

    void foretold(Binding binding, Instant now) {
        boolean isStale = binding.term() > 0 && binding.term() < foretoldTerm;
        foretoldTerm = Math.max(foretoldTerm, binding.term());
        if (isStale || binding.isFence()) {
            return;
        }
        if (refusals.containsKey(binding.stamp())) {
            return;
        }
        binding.all().forEach(each -> takeBackEarlier(each.uid(), binding.stamp(), now));
        binding.all().forEach(each -> believe(each, binding, now));
    }

    /**
     * Who has sent a word says another only when the first was refused; whether we have heard of
     * that or not, it holds for none of those whom the first one spoke of.
     */
    private void takeBackEarlier(Uid uid, Stamp later, Instant now) {
        Optional<Binding> earlier =
                ledger.assumed
                        .find(uid)
                        .map(Assumed::binding)
                        .or(() -> Optional.ofNullable(foretold.get(uid)))
                        .filter(each -> !each.stamp().equals(later));
        for (Binding each : earlier.map(Binding::all).orElse(List.of())) {
            Stamp stamp = earlier.orElseThrow().stamp();
            forget(each.uid(), stamp);
            Optional<Assumed> assumed =
                    ledger.assumed
                            .find(each.uid())
                            .filter(said -> said.binding().stamp().equals(stamp));
            if (assumed.isPresent()) {
                ledger.assumed.remove(each.uid());
                ledger.giveBack(each.uid(), now);
                addIfCurrent(assumed.get().pod(), now);
            }
        }
    }

    /** What this message foretold of the pod; what a later one did stands. */
    private void forget(Uid uid, Stamp stamp) {
        foretold.computeIfPresent(uid, (_, told) -> told.stamp().equals(stamp) ? null : told);
    }

    private void believe(Binding one, Binding whole, Instant now) {
        Optional<PodDemand> pod = ledger.queue.find(one.uid());
        if (pod.isEmpty() && one.isPlaced() && ledger.snapshot.pod(one.uid()).isEmpty()) {
            foretold.put(one.uid(), whole);
            foretoldRevision = Math.max(foretoldRevision, one.seen());
        } else if (pod.isPresent() && one.isPlaced()) {
            ledger.queue.remove(one.uid());
            ledger.nominations.remove(one.uid());
            ledger.snapshot.place(pod.get(), one.node());
            ledger.snapshot.reserve(
                    one.uid(), one.effects().stream().flatMap(e -> Effect.of(e).stream()).toList());
            ledger.assumed.add(pod.get(), one.node(), whole, now);
        }
    }

    private void bound(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        ledger.queue.remove(pod.uid());
        ledger.told.remove(pod.uid());
        foretold.remove(pod.uid());
        ledger.preparations.remove(pod.uid());
        if (sighting.gang().isNone()) {
            ledger.gangs.remove(pod.uid());
        } else if (ledger.gangs.placed(sighting.gang(), pod)) {
            wakeGang(pod.uid(), now);
        }
        ledger.nominations.remove(pod.uid());
        Optional<Assumed> was = ledger.assumed.remove(pod.uid());
        Optional<PlacedPod> before = ledger.snapshot.pod(pod.uid());
        ledger.snapshot.place(pod, sighting.node());
        boolean isWhereWeThought = before.filter(b -> b.node().equals(sighting.node())).isPresent();
        boolean isAsItWas = isWhereWeThought && isAlike(before.orElseThrow().pod(), pod);
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
    private static boolean isAlike(PodDemand before, PodDemand now) {
        return before.labels().equals(now.labels())
                && before.shape().asked().equals(now.shape().asked());
    }

    private void pending(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        if (!sighting.scheduler().equals(schedulerName)
                && !ledger.profiles.serves(sighting.scheduler())) {
            return;
        }
        if (sighting.gang().isNone()) {
            ledger.gangs.remove(pod.uid());
        } else if (ledger.gangs.waits(sighting.gang(), pod.uid())) {
            wakeGang(pod.uid(), now);
        }
        Optional<Assumed> assumed = ledger.assumed.find(pod.uid());
        if (assumed.isPresent()) {
            if (!isOnlyNominated(sighting, assumed.get())) {
                ledger.assumed.renew(pod);
                return;
            }
            ledger.assumed.remove(pod.uid());
            ledger.giveBack(pod.uid(), now);
        }
        ledger.queue.add(pod, now);
        Binding announced = foretold.remove(pod.uid());
        if (announced != null) {
            believe(announced.on(pod.uid()), announced, now);
        } else {
            followNomination(sighting, now);
        }
    }

    /** State took in what a predecessor sent, but the victims take their time. */
    private static boolean isOnlyNominated(PodSighting sighting, Assumed assumed) {
        Binding said = assumed.binding().on(sighting.demand().uid());
        return sighting.nominatedNode().equals(assumed.node())
                && sighting.demand().revision().value() > said.seen()
                && assumed.binding().all().stream().anyMatch(each -> !each.victims().isEmpty());
    }

    /**
     * The feed has the last word: a predecessor's nomination counts, one that was undone does not.
     */
    private void followNomination(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        Optional<Nomination> known = ledger.nominations.find(pod.uid());
        String node = sighting.nominatedNode();
        if (known.isPresent() && known.get().node().equals(node)) {
            if (!known.get().isUnderway() || pod.revision().value() > known.get().seen()) {
                ledger.nominations.confirm(pod.uid());
            }
            ledger.wakeNominated(node, now);
        } else if (known.filter(Nomination::isConfirmed).isPresent()) {
            renounce(known.orElseThrow(), now);
        } else if (known.isEmpty() && !node.isEmpty()) {
            ledger.snapshot.place(pod, node);
            ledger.nominations.add(
                    new Nomination(pod, node, List.of(), Optional.empty(), now, true));
        }
    }

    private void renounce(Nomination nomination, Instant now) {
        ledger.dropNomination(nomination, now);
        addIfCurrent(nomination.pod(), now);
        ledger.queue.wakeAtOnce(nomination.pod().uid(), now);
    }

    private void wakeGang(Uid uid, Instant now) {
        ledger.gangs.of(uid).stream()
                .flatMap(standing -> standing.waiting().stream())
                .forEach(each -> ledger.queue.wakeAtOnce(each, now));
    }

    private void retryIfCurrent(PodDemand pod, Instant now) {
        if (pod.uid().equals(ledger.uids.get(pod.key()))) {
            ledger.queue.retry(pod, now);
        }
    }

    /** What the queue knows of a pod is newer than what was kept aside. */
    private void addIfCurrent(PodDemand pod, Instant now) {
        boolean isCurrent = pod.uid().equals(ledger.uids.get(pod.key()));
        if (isCurrent && ledger.queue.find(pod.uid()).isEmpty()) {
            ledger.queue.add(pod, now);
        }
    }
}
