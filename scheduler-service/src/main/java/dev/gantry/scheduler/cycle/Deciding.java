package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import dev.gantry.scheduler.placement.Placement.Unplaced;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.dynamicresources.DynamicResources;
import dev.gantry.scheduler.preemption.Candidate;
import dev.gantry.scheduler.preemption.Preemption;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodInfo.Departure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Tries one pod that is on its own: place it, or have others make way, or say why not. */
final class Deciding {
    private final Ledger ledger;

    Deciding(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The decision; empty where it is the same bad news as before. */
    Optional<Binding> decide(Attempt asked, Instant now) {
        Attempt attempt = ledger.known(asked);
        PodInfo pod = attempt.pod();
        if (ledger.nominations.find(pod.uid()).filter(Nomination::isUnderway).isPresent()) {
            ledger.queue.addUnschedulable(attempt, new TreeSet<>(), now);
            return Optional.empty();
        }
        Optional<Nomination> nomination = lift(pod.uid());
        Placement placement =
                nomination
                        .flatMap(
                                each -> ledger.scheduler.placeOn(each.node(), pod, ledger.snapshot))
                        .orElseGet(() -> placeAbove(pod, now));
        return switch (placement) {
            case Placed placed -> Optional.of(assume(placed, attempt, nomination, now));
            case Unplaced unplaced -> {
                Optional<String> bar = bar(pod, nomination);
                yield bar.isPresent()
                        ? stay(bar.get(), nomination, unplaced, attempt, now)
                        : preempt(unplaced, attempt, now);
            }
        };
    }

    /** Takes the pod's own reservation off, so that it does not stand in its own way. */
    Optional<Nomination> lift(Uid uid) {
        Optional<Nomination> own = ledger.nominations.remove(uid);
        own.ifPresent(each -> ledger.snapshot.remove(uid));
        return own;
    }

    /**
     * Places the pod where no reservation of equal or higher priority is. Where it fits nowhere
     * else, reservations of lower priority give way: those that no longer fit are taken back.
     */
    Placement placeAbove(PodInfo pod, Instant now) {
        Placement first = ledger.scheduler.place(pod, ledger.snapshot);
        if (first instanceof Placed) {
            return first;
        }
        List<Nomination> below = ledger.nominations.below(pod.priority());
        if (below.isEmpty()) {
            return first;
        }
        below.forEach(each -> ledger.snapshot.setAside(each.pod().uid()));
        Placement second = ledger.scheduler.place(pod, ledger.snapshot);
        below.forEach(each -> ledger.snapshot.nominate(each.pod(), each.node()));
        if (second instanceof Placed placed) {
            for (Nomination each : below) {
                if (each.node().equals(placed.node())) {
                    takeBack(each, now);
                }
            }
            return second;
        }
        return first;
    }

    /** Whoever came here over others says so. */
    private Binding assume(
            Placed placed, Attempt attempt, Optional<Nomination> nomination, Instant now) {
        PodInfo pod = placed.pod();
        ledger.snapshot.place(pod, placed.node());
        Consequences more = consequences(placed);
        ledger.snapshot.reserve(pod.uid(), more.all());
        ObjectNode why = explain(placed.explanation(), attempt, now);
        nomination
                .flatMap(Nomination::binding)
                .ifPresent(made -> Words.keepPreemption(why, made.explanation()));
        Binding binding =
                ledger.words
                        .placed(pod, placed.node(), why.toString())
                        .withEffects(json(more.together()));
        if (!more.before().isEmpty()) {
            var prepared = Preparations.Prepared.of(pod, binding, more.before());
            ledger.prepare(Party.ALONE, List.of(prepared), now);
            binding = ledger.words.preparing(pod, placed.node(), more.before());
        }
        ledger.assumed.add(pod, placed.node(), binding, now);
        ledger.hints.came(pod, now);
        ledger.told.remove(pod.uid());
        return binding;
    }

    ObjectNode explain(Explanation explanation, Attempt attempt, Instant now) {
        String profile = ledger.profiles.nameFor(attempt.pod(), ledger.snapshot);
        return Words.explain(explanation, attempt, profile, now);
    }

    Consequences consequences(Placed placed) {
        PodInfo pod = placed.pod();
        return !pod.mayHaveConsequences()
                ? Consequences.NONE
                : ledger.snapshot
                        .node(placed.node())
                        .map(node -> ledger.scheduler.consequences(pod, node, ledger.snapshot))
                        .orElse(Consequences.NONE);
    }

    static List<ObjectNode> json(List<Effect> effects) {
        return effects.stream().map(Effect::toJson).toList();
    }

    /**
     * What was prepared for pods has taken hold, and they are bound; or not, and they are tried
     * anew; or it was an earlier leader who prepared it, and all that he knew of it is seen by now.
     */
    List<Binding> settled(Preparations.Outcome outcome, Instant now) {
        return switch (outcome) {
            case Preparations.Outcome.Ready ready -> List.of(bound(ready.group(), now));
            case Preparations.Outcome.Taken taken -> {
                taken.pods().forEach(each -> decidedAnew(each, now));
                yield List.of();
            }
            case Preparations.Outcome.Failed failed ->
                    failed.pods().stream().map(each -> triedAnew(each, failed.why(), now)).toList();
        };
    }

    /** Its node is kept for it like that of any pod which the feed shows as nominated. */
    private void decidedAnew(Preparations.Prepared prepared, Instant now) {
        PodInfo pod = newest(prepared.pod());
        ledger.assumed.remove(pod.uid());
        ledger.snapshot.nominate(pod, prepared.node());
        ledger.nominations.add(
                new Nomination(pod, prepared.node(), List.of(), Optional.empty(), now, true));
        ledger.queue.add(pod, now);
    }

    /** What they were to be told when they were prepared is a new word now. */
    private Binding bound(Preparations.Group group, Instant now) {
        List<Binding> all = group.pods().stream().map(this::bound).toList();
        Party gang = group.gang();
        var party = new Party(gang.gang(), all.subList(1, all.size()), gang.settled());
        Binding whole = ledger.words.again(all.getFirst().together(party));
        group.pods()
                .forEach(each -> ledger.assumed.add(newest(each.pod()), each.node(), whole, now));
        return whole;
    }

    /** With what must still be so when state takes it in. */
    private Binding bound(Preparations.Prepared prepared) {
        List<ObjectNode> effects = new ArrayList<>(prepared.binding().effects());
        effects.addAll(json(AwaitedDevices.reservations(prepared, ledger.snapshot)));
        return prepared.binding().withEffects(effects);
    }

    /** As the feed has shown it since it was prepared. */
    private PodInfo newest(PodInfo prepared) {
        return ledger.assumed.find(prepared.uid()).map(Assumed::pod).orElse(prepared);
    }

    private Binding triedAnew(Preparations.Loss loss, String why, Instant now) {
        PodInfo pod = newest(loss.pod().pod());
        ledger.release(pod.uid(), now);
        ledger.queue.retry(pod, now);
        ledger.told.put(pod.uid(), why);
        List<Effect> freed = loss.claims().stream().<Effect>map(DynamicResources::freeing).toList();
        return ledger.words.unplaced(pod, "SchedulerError", why, "").withEffects(json(freed));
    }

    /** Compat: {@code PodEligibleToPreemptOthers}: why the pod may have nobody make way. */
    private Optional<String> bar(PodInfo pod, Optional<Nomination> nomination) {
        if (!pod.mayPreempt()) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        return nomination.filter(each -> isWaitingForVictims(pod, each)).isPresent()
                ? Optional.of("not eligible due to terminating pod on the nominated node.")
                : Optional.empty();
    }

    /** Whoever waits for victims takes no others, unless the node would not do even then. */
    boolean isWaitingForVictims(PodInfo pod, Nomination nomination) {
        return ledger.snapshot
                .node(nomination.node())
                .filter(node -> hasLeavers(node, pod.priority()))
                .filter(node -> !ledger.preemption.isHopeless(pod, node, ledger.snapshot))
                .isPresent();
    }

    private boolean hasLeavers(NodeView node, int priority) {
        return ledger.snapshot.podsOn(node).stream()
                .anyMatch(
                        each ->
                                each.pod().departure() == Departure.MAKING_WAY
                                        && each.pod().priority() < priority);
    }

    /** It is told so, and keeps what it was nominated. */
    private Optional<Binding> stay(
            String why,
            Optional<Nomination> nomination,
            Unplaced unplaced,
            Attempt attempt,
            Instant now) {
        ledger.queue.addUnschedulable(attempt, rules(unplaced), now);
        if (nomination.isEmpty()) {
            return tellOrFree(unplaced, why, attempt, now);
        }
        Nomination kept = nomination.get();
        ledger.snapshot.nominate(kept.pod(), kept.node());
        ledger.nominations.add(kept);
        // Whoever waits for victims needs his claims for the node; whoever takes none was nominated
        // it for the sake of claims, which may be of no use by now.
        Optional<Binding> told =
                attempt.pod().mayPreempt()
                        ? tell(unplaced, unplaced.message(why), attempt, now)
                        : tellOrFree(unplaced, why, attempt, now);
        return told.map(each -> each.nominating(kept.node(), List.of()));
    }

    private Optional<Binding> preempt(Unplaced unplaced, Attempt attempt, Instant now) {
        PodInfo pod = attempt.pod();
        ledger.queue.addUnschedulable(attempt, rules(unplaced), now);
        Preemption.Answer answer = ledger.preemption.search(pod, ledger.snapshot);
        if (answer.candidate().isPresent()) {
            Candidate candidate = answer.candidate().get();
            List<PlacedPod> victims =
                    evicted(candidate).stream().filter(v -> reservation(v).isEmpty()).toList();
            Binding binding = preempting(unplaced, candidate, victims, attempt, now);
            candidate.victims().stream()
                    .flatMap(each -> reservation(each).stream())
                    .forEach(each -> takeBack(each, now));
            candidate.victims().forEach(each -> ledger.preparations.giveWay(each.pod().uid()));
            ledger.told.remove(pod.uid());
            ledger.nominate(pod, candidate.node().name(), victims, binding, now);
            return Optional.of(binding);
        }
        String vain = unplaced.explanation().preemptionMessage(answer.reasons());
        return tellOrFree(unplaced, vain, attempt, now);
    }

    /** A claim of its own that holds the pod to nodes without room gives its devices back. */
    private Optional<Binding> tellOrFree(
            Unplaced unplaced, String preemption, Attempt attempt, Instant now) {
        Optional<Effect> relief = ledger.scheduler.relief(unplaced, ledger.snapshot);
        if (relief.isEmpty()) {
            return tell(unplaced, unplaced.message(preemption), attempt, now);
        }
        ledger.told.remove(unplaced.pod().uid());
        return tell(unplaced, unplaced.freeingMessage(preemption), attempt, now)
                .map(each -> each.withEffects(json(List.of(relief.get()))));
    }

    Binding preempting(
            Unplaced unplaced,
            Candidate candidate,
            List<PlacedPod> victims,
            Attempt attempt,
            Instant now) {
        PodInfo pod = attempt.pod();
        List<PlacedPod> lower =
                ledger.snapshot.podsOn(candidate.node()).stream()
                        .filter(each -> each.pod().priority() < pod.priority())
                        .toList();
        ObjectNode why = explain(unplaced.explanation(), attempt, now);
        Words.explain(why, candidate, lower);
        String message = unplaced.message("");
        String node = candidate.node().name();
        Binding binding = ledger.words.preempting(pod, node, victims, message, why.toString());
        // With effects to commit, it must be placed anew once the node is free.
        return pod.mayHaveConsequences() ? binding.nominatedOnly() : binding;
    }

    /** The victims but for those that are not bound yet, which give way without being evicted. */
    List<PlacedPod> evicted(Candidate candidate) {
        return candidate.victims().stream()
                .filter(each -> !ledger.preparations.holds(each.pod().uid()))
                .toList();
    }

    /** Reservations among the victims are only taken back; nobody is there to be evicted. */
    private Optional<Nomination> reservation(PlacedPod victim) {
        return ledger.nominations.find(victim.pod().uid()).filter(each -> !each.isUnderway());
    }

    private void takeBack(Nomination reservation, Instant now) {
        ledger.dropNomination(reservation, now);
        ledger.queue.wakeAtOnce(reservation.pod().uid(), now);
    }

    /** The same bad news is told once. */
    private Optional<Binding> tell(
            Unplaced unplaced, String message, Attempt attempt, Instant now) {
        PodInfo pod = attempt.pod();
        if (message.equals(ledger.told.put(pod.uid(), message))) {
            return Optional.empty();
        }
        String why = explain(unplaced.explanation(), attempt, now).toString();
        return Optional.of(ledger.words.unplaced(pod, Words.UNSCHEDULABLE, message, why));
    }

    static SortedSet<String> rules(Unplaced unplaced) {
        return new TreeSet<>(unplaced.explanation().ruledOut().keySet());
    }
}
