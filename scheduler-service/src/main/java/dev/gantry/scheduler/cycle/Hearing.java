package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What happened goes into the ledger, and wakes whom it could help. */
final class Hearing {
    /**
     * Foretold bindings of pods that the feed has not shown yet; beyond it the oldest is let go.
     */
    private static final int MOST_FORETOLD = 100_000;

    private final String schedulerName;
    private final Ledger ledger;

    /** How long a pod that an earlier leader placed may take to appear on our feed. */
    private static final Duration LATE = Duration.ofSeconds(3);

    /** The last heard stands last. */
    private final SequencedMap<Uid, Foretelling> foretold =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Uid, Foretelling> eldest) {
                    return size() > MOST_FORETOLD;
                }
            };

    private final Map<Refusal, Boolean> refusals =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Refusal, Boolean> eldest) {
                    return size() > MOST_FORETOLD;
                }
            };
    private long foretoldTerm;
    private Instant nodesChanged = Instant.EPOCH;
    private Instant fleetChanged = Instant.EPOCH;

    private record Foretelling(Binding whole, Instant heard) {}

    /** A word that had no effect; it may be heard before the word itself. */
    private record Refusal(Uid pod, String node, String explanation) {
        static Refusal of(Binding binding) {
            return new Refusal(binding.uid(), binding.node(), binding.explanation());
        }
    }

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

    /**
     * Whether an earlier leader placed pods of which we don't know yet how much space they take; to
     * be asked for a short while after the takeover.
     */
    boolean isWaitingForPods(Instant leadingSince, Instant now) {
        return now.isBefore(endOfWait(leadingSince))
                && !foretold.isEmpty()
                && foretold.lastEntry().getValue().heard.plus(LATE).isAfter(leadingSince);
    }

    static Instant endOfWait(Instant leadingSince) {
        return leadingSince.plus(LATE);
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

    void nodeGone(String name, Instant now) {
        ledger.nominations.on(name).forEach(each -> renounce(each, now));
        ledger.snapshot.removeNode(name);
        nodesChanged = now;
        fleetChanged = now;
        ledger.hints.nodeGone(now);
    }

    void podSeen(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
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
        List<Binding> all = new ArrayList<>(List.of(binding));
        all.addAll(binding.members());
        for (Binding each : all) {
            Optional<PodDemand> pod =
                    ledger.assumed
                            .find(each.uid())
                            .filter(said -> isTheSame(each, memberOf(said.binding(), each.uid())))
                            .map(Assumed::pod)
                            .or(() -> ofNomination(each));
            if (pod.isPresent()) {
                ledger.nominations
                        .find(each.uid())
                        .ifPresent(refused -> ledger.restore(refused.victims()));
                ledger.release(each.uid(), now);
                retryIfCurrent(pod.get(), now);
            } else {
                foretold.remove(each.uid());
                refusals.put(Refusal.of(each), true);
            }
        }
    }

    /** A late answer to an earlier word must not undo the later one. */
    private static boolean isTheSame(Binding refused, Binding said) {
        return refused.node().equals(said.node())
                && refused.nominatedNode().equals(said.nominatedNode())
                && refused.victims().equals(said.victims())
                && Words.isTold(refused.explanation(), said.explanation());
    }

    /** Nothing that we said is sure any more; those who wait are tried again when we lead. */
    void following(Instant now) {
        for (Assumed each : ledger.assumed.removeAll()) {
            ledger.preparations.remove(each.pod().uid());
            ledger.giveBack(each.pod().uid(), now);
            addIfCurrent(each.pod(), now);
        }
        ledger.nominations.all().forEach(each -> renounce(each, now));
        ledger.told.clear();
    }

    void foretold(Binding binding, Instant now) {
        boolean isStale = binding.term() > 0 && binding.term() < foretoldTerm;
        foretoldTerm = Math.max(foretoldTerm, binding.term());
        if (isStale || binding.isFence()) {
            return;
        }
        believe(binding, binding, now);
        binding.members().forEach(each -> believe(each, binding, now));
    }

    /** The later word counts; one that was refused does not. */
    private void believe(Binding one, Binding whole, Instant now) {
        if (refusals.remove(Refusal.of(one)) != null) {
            return;
        }
        Optional<PodDemand> pod =
                ledger.assumed
                        .find(one.uid())
                        .map(Assumed::pod)
                        .or(() -> ledger.queue.find(one.uid()));
        if (pod.isEmpty()) {
            boolean isThere = ledger.snapshot.pod(one.uid()).isPresent();
            if (!isThere && one.isPlaced()) {
                foretold.putLast(one.uid(), new Foretelling(whole, now));
            } else {
                // Else its successor would say the earlier word again, which holds no more.
                foretold.remove(one.uid());
            }
            return;
        }
        if (one.isPlaced()) {
            ledger.queue.remove(one.uid());
            ledger.nominations.remove(one.uid());
            ledger.snapshot.place(pod.get(), one.node());
            ledger.snapshot.reserve(
                    one.uid(), one.effects().stream().flatMap(e -> Effect.of(e).stream()).toList());
            ledger.assumed.add(pod.get(), one.node(), whole, now);
        } else if (ledger.assumed.remove(one.uid()).isPresent()) {
            ledger.giveBack(one.uid(), now);
            ledger.queue.add(pod.get(), now);
        }
    }

    private void bound(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        ledger.queue.remove(pod.uid());
        ledger.told.remove(pod.uid());
        foretold.remove(pod.uid());
        ledger.preparations.remove(pod.uid());
        if (!sighting.gang().isNone()) {
            ledger.gangs.placed(sighting.gang(), pod.uid());
        }
        ledger.nominations.remove(pod.uid());
        Optional<Assumed> was = ledger.assumed.remove(pod.uid());
        Optional<PlacedPod> before = ledger.snapshot.pod(pod.uid());
        ledger.snapshot.place(pod, sighting.node());
        boolean isWhereWeThought = before.filter(b -> b.node().equals(sighting.node())).isPresent();
        boolean isAsItWas =
                isWhereWeThought && before.orElseThrow().pod().labels().equals(pod.labels());
        if (was.isPresent() && !isWhereWeThought) {
            before.ifPresent(wrong -> ledger.hints.left(wrong, now));
        }
        if (!isAsItWas) {
            before.filter(_ -> isWhereWeThought)
                    .ifPresent(relabelled -> ledger.hints.left(relabelled, now));
            ledger.hints.came(pod, now);
        }
    }

    private void pending(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        if (!sighting.scheduler().equals(schedulerName)
                && !ledger.profiles.serves(sighting.scheduler())) {
            return;
        }
        if (!sighting.gang().isNone() && ledger.gangs.waits(sighting.gang(), pod.uid())) {
            ledger.gangs.of(pod.uid()).orElseThrow().waiting().forEach(each -> wake(each, now));
        }
        if (ledger.assumed.find(pod.uid()).isPresent()) {
            return;
        }
        ledger.queue.add(pod, now);
        Foretelling announced = foretold.remove(pod.uid());
        if (announced != null) {
            believe(memberOf(announced.whole(), pod.uid()), announced.whole(), now);
        } else {
            followNomination(sighting, now);
        }
    }

    private static Binding memberOf(Binding binding, Uid uid) {
        return binding.members().stream()
                .filter(each -> each.uid().equals(uid))
                .findFirst()
                .orElse(binding);
    }

    /**
     * The feed has the last word: a predecessor's nomination counts, one that was undone does not.
     */
    private void followNomination(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        Optional<Nomination> known = ledger.nominations.find(pod.uid());
        String node = sighting.nominatedNode();
        if (known.isPresent() && known.get().node().equals(node)) {
            ledger.nominations.confirm(pod.uid());
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

    private Optional<PodDemand> ofNomination(Binding refused) {
        return ledger.nominations
                .find(refused.uid())
                .filter(
                        each ->
                                each.binding()
                                        .map(whole -> memberOf(whole, refused.uid()))
                                        .filter(said -> isTheSame(refused, said))
                                        .isPresent())
                .map(Nomination::pod);
    }

    private void wake(Uid uid, Instant now) {
        ledger.queue.wakeAtOnce(uid, now);
    }

    private void retryIfCurrent(PodDemand pod, Instant now) {
        if (pod.uid().equals(ledger.uids.get(pod.key()))) {
            ledger.queue.retry(pod, now);
        }
    }

    private void addIfCurrent(PodDemand pod, Instant now) {
        if (pod.uid().equals(ledger.uids.get(pod.key()))) {
            ledger.queue.add(pod, now);
        }
    }
}
