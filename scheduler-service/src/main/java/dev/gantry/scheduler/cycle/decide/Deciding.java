package dev.gantry.scheduler.cycle.decide;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.scheduler.cycle.prebind.AwaitedDevices;
import dev.gantry.scheduler.cycle.prebind.Preparations;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.cycle.state.BindingMessages;
import dev.gantry.scheduler.cycle.state.SchedulerState;
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
import dev.gantry.scheduler.snapshot.node.NodeView;
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
public final class Deciding {
    private final SchedulerState state;

    public Deciding(SchedulerState state) {
        this.state = state;
    }

    /** The decision; empty where it is the same rejection as before. */
    public Optional<Binding> decide(Attempt asked, Instant now) {
        Attempt attempt = state.known(asked);
        PodInfo pod = attempt.pod();
        if (state.space().nomination(pod.uid()).filter(Nomination::isUnderway).isPresent()) {
            state.waiting().unschedulable(attempt, new TreeSet<>(), now);
            return Optional.empty();
        }
        Optional<Nomination> nomination = state.space().lift(pod.uid());
        Placement placement =
                nomination
                        .flatMap(each -> state.placer().placeOn(each.node(), pod))
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

    /**
     * Places the pod where no reservation of equal or higher priority is. Where it fits nowhere
     * else, reservations of lower priority give way: those that no longer fit are taken back.
     */
    private Placement placeAbove(PodInfo pod, Instant now) {
        Placement first = state.placer().place(pod);
        if (first instanceof Placed) {
            return first;
        }
        List<Nomination> below = state.space().below(pod.priority());
        if (below.isEmpty()) {
            return first;
        }
        state.space().setAside(below);
        Placement second = state.placer().place(pod);
        state.space().putBack(below);
        if (!(second instanceof Placed placed)) {
            return first;
        }
        for (Nomination each : below) {
            if (each.node().equals(placed.node())) {
                state.takeBack(each, now);
            }
        }
        return second;
    }

    /** A pod that got its node by preemption has that in its explanation. */
    private Binding assume(
            Placed placed, Attempt attempt, Optional<Nomination> nomination, Instant now) {
        PodInfo pod = placed.pod();
        state.space().place(pod, placed.node());
        Consequences more = state.placer().consequences(placed);
        state.space().reserve(pod.uid(), more.all());
        ObjectNode why = explain(placed.explanation(), attempt, now);
        nomination
                .flatMap(Nomination::binding)
                .ifPresent(made -> BindingMessages.keepPreemption(why, made.explanation()));
        Binding binding =
                state.messages()
                        .placed(pod, placed.node(), why.toString())
                        .withEffects(Effect.toJson(more.together()));
        if (!more.before().isEmpty()) {
            var prepared = Preparations.Prepared.of(pod, binding, more.before());
            state.prepare(Party.ALONE, List.of(prepared), now);
            binding = state.messages().preparing(pod, placed.node(), more.before());
        }
        state.assume(pod, placed.node(), binding, now);
        return binding;
    }

    ObjectNode explain(Explanation explanation, Attempt attempt, Instant now) {
        String profile = state.placer().profileOf(attempt.pod());
        return BindingMessages.explain(explanation, attempt, profile, now);
    }

    /**
     * What was prepared for pods has taken hold, and they are bound; or not, and they are tried
     * anew; or an earlier leader prepared it, and the feed has shown all that it wrote.
     */
    public List<Binding> settled(Preparations.Outcome outcome, Instant now) {
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
        state.decideAnew(
                new Nomination(pod, prepared.node(), List.of(), Optional.empty(), now, true), now);
    }

    /** The bindings that were made when they were prepared are sent now, with a new stamp. */
    private Binding bound(Preparations.Group group, Instant now) {
        List<Binding> all = group.pods().stream().map(this::bound).toList();
        Party gang = group.gang();
        var party = new Party(gang.gang(), all.subList(1, all.size()), gang.settled());
        Binding whole = state.messages().again(all.getFirst().together(party));
        group.pods().forEach(each -> state.awaitReply(newest(each.pod()), each.node(), whole, now));
        return whole;
    }

    /** With the conditions that must still hold when state commits it. */
    private Binding bound(Preparations.Prepared prepared) {
        List<ObjectNode> effects = new ArrayList<>(prepared.binding().effects());
        effects.addAll(Effect.toJson(AwaitedDevices.reservations(prepared, state.snapshot())));
        return prepared.binding().withEffects(effects);
    }

    /** As the feed has shown it since it was prepared. */
    private PodInfo newest(PodInfo prepared) {
        return state.assumed(prepared.uid()).orElse(prepared);
    }

    private Binding triedAnew(Preparations.Loss loss, String why, Instant now) {
        PodInfo pod = newest(loss.pod().pod());
        state.fail(pod, why, now);
        List<Effect> freed = loss.claims().stream().<Effect>map(DynamicResources::freeing).toList();
        return state.messages()
                .unplaced(pod, "SchedulerError", why, "")
                .withEffects(Effect.toJson(freed));
    }

    /** Compat: {@code PodEligibleToPreemptOthers}: why the pod may not preempt others. */
    private Optional<String> bar(PodInfo pod, Optional<Nomination> nomination) {
        if (!pod.mayPreempt()) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        return nomination.filter(each -> isWaitingForVictims(pod, each)).isPresent()
                ? Optional.of("not eligible due to terminating pod on the nominated node.")
                : Optional.empty();
    }

    /** A pod that waits for victims takes no others, unless it would not fit the node even then. */
    boolean isWaitingForVictims(PodInfo pod, Nomination nomination) {
        return state.snapshot()
                .node(nomination.node())
                .filter(node -> hasLeavers(node, pod.priority()))
                .filter(node -> !state.placer().isHopeless(pod, node))
                .isPresent();
    }

    private boolean hasLeavers(NodeView node, int priority) {
        return state.snapshot().podsOn(node).stream()
                .anyMatch(
                        each ->
                                each.pod().departure() == Departure.MAKING_WAY
                                        && each.pod().priority() < priority);
    }

    /** The pod gets a message, and keeps its nomination. */
    private Optional<Binding> stay(
            String why,
            Optional<Nomination> nomination,
            Unplaced unplaced,
            Attempt attempt,
            Instant now) {
        state.waiting().unschedulable(attempt, rules(unplaced), now);
        if (nomination.isEmpty()) {
            return tellOrFree(unplaced, why, attempt, now);
        }
        Nomination kept = nomination.get();
        state.space().keep(kept);
        // A pod that waits for victims needs its claims for that node. One that may not preempt was
        // nominated because of its claims, which may be of no use by now.
        Optional<Binding> told =
                attempt.pod().mayPreempt()
                        ? tell(unplaced, unplaced.message(why), attempt, now)
                        : tellOrFree(unplaced, why, attempt, now);
        return told.map(each -> each.nominating(kept.node(), List.of()));
    }

    private Optional<Binding> preempt(Unplaced unplaced, Attempt attempt, Instant now) {
        PodInfo pod = attempt.pod();
        state.waiting().unschedulable(attempt, rules(unplaced), now);
        Preemption.Answer answer = state.placer().searchVictims(pod);
        if (answer.candidate().isPresent()) {
            Candidate candidate = answer.candidate().get();
            List<PlacedPod> victims =
                    evicted(candidate).stream().filter(v -> reservation(v).isEmpty()).toList();
            Binding binding = preempting(unplaced, candidate, victims, attempt, now);
            candidate.victims().stream()
                    .flatMap(each -> reservation(each).stream())
                    .forEach(each -> state.takeBack(each, now));
            candidate.victims().forEach(each -> state.preparations().giveWay(each.pod().uid()));
            state.messages().forgetReason(pod.uid());
            state.space().nominate(pod, candidate.node().name(), victims, binding, now);
            return Optional.of(binding);
        }
        String vain = unplaced.explanation().preemptionMessage(answer.reasons());
        return tellOrFree(unplaced, vain, attempt, now);
    }

    /** A claim of its own that holds the pod to nodes without room gives its devices back. */
    private Optional<Binding> tellOrFree(
            Unplaced unplaced, String preemption, Attempt attempt, Instant now) {
        Optional<Effect> relief = state.placer().relief(unplaced);
        if (relief.isEmpty()) {
            return tell(unplaced, unplaced.message(preemption), attempt, now);
        }
        state.messages().forgetReason(unplaced.pod().uid());
        return tell(unplaced, unplaced.freeingMessage(preemption), attempt, now)
                .map(each -> each.withEffects(Effect.toJson(List.of(relief.get()))));
    }

    Binding preempting(
            Unplaced unplaced,
            Candidate candidate,
            List<PlacedPod> victims,
            Attempt attempt,
            Instant now) {
        PodInfo pod = attempt.pod();
        List<PlacedPod> lower =
                state.snapshot().podsOn(candidate.node()).stream()
                        .filter(each -> each.pod().priority() < pod.priority())
                        .toList();
        ObjectNode why = explain(unplaced.explanation(), attempt, now);
        BindingMessages.explain(why, candidate, lower);
        String message = unplaced.message("");
        String node = candidate.node().name();
        Binding binding = state.messages().preempting(pod, node, victims, message, why.toString());
        // With effects to commit, it must be placed anew once the node is free.
        return pod.mayHaveConsequences() ? binding.nominatedOnly() : binding;
    }

    /** The victims but for those that are not bound yet, which give way without being evicted. */
    List<PlacedPod> evicted(Candidate candidate) {
        return candidate.victims().stream()
                .filter(each -> !state.preparations().holds(each.pod().uid()))
                .toList();
    }

    /** Reservations among the victims are only taken back; no pod is there to be evicted. */
    private Optional<Nomination> reservation(PlacedPod victim) {
        return state.space().nomination(victim.pod().uid()).filter(each -> !each.isUnderway());
    }

    /** The same message is sent once. */
    private Optional<Binding> tell(
            Unplaced unplaced, String message, Attempt attempt, Instant now) {
        PodInfo pod = attempt.pod();
        if (state.messages().isRepeated(pod.uid(), message)) {
            return Optional.empty();
        }
        String why = explain(unplaced.explanation(), attempt, now).toString();
        return Optional.of(
                state.messages().unplaced(pod, BindingMessages.UNSCHEDULABLE, message, why));
    }

    static SortedSet<String> rules(Unplaced unplaced) {
        return new TreeSet<>(unplaced.explanation().ruledOut().keySet());
    }
}
