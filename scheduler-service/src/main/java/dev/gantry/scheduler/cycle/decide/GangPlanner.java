package dev.gantry.scheduler.cycle.decide;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.cycle.state.BindingMessages;
import dev.gantry.scheduler.cycle.state.SchedulerState;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import dev.gantry.scheduler.placement.Placement.Unplaced;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.preemption.Candidate;
import dev.gantry.scheduler.preemption.Preemption;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds a place for each member of a gang: one pod after the other is put into the snapshot, having
 * others make way where that is needed. If fewer find a place than the gang needs, all are taken
 * out again. Members go to their nominated nodes; if too few find a place then, all may go
 * anywhere.
 *
 * <p>Example: 3 pods of 2 cpu, nodes of 4 and of 2 cpu: two go to the first and one to the second.
 * With 4 pods the fourth finds nothing: in a gang of 4 no pod is placed, in one of 3 the fourth is
 * stuck alone.
 */
final class GangPlanner {
    private final SchedulerState state;
    private final Deciding deciding;
    private final LongSupplier nanos;

    GangPlanner(SchedulerState state, Deciding deciding, LongSupplier nanos) {
        this.state = state;
        this.deciding = deciding;
        this.nanos = nanos;
    }

    /**
     * A member's place in the plan.
     *
     * @param before what others must have done before it may be bound
     */
    record Step(
            Attempt attempt,
            Binding binding,
            String node,
            List<PlacedPod> victims,
            List<Effect> before) {
        Step took(long nanos) {
            return new Step(attempt, BindingMessages.took(binding, nanos), node, victims, before);
        }
    }

    /** A member that found no place. */
    record Stuck(Attempt attempt, Unplaced unplaced) {}

    /** Who gets which place, and who finds none; all get none where the gang needs more of them. */
    record Plan(List<Step> steps, List<Stuck> stuck) {
        Plan() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        boolean isIdle() {
            return steps.isEmpty();
        }
    }

    /**
     * Invariant: no member takes space before; afterwards those that have a step do, and no other.
     *
     * @param lifted the nominations that members had
     * @param needed how many must find a place
     */
    Plan plan(List<Attempt> attempts, List<Nomination> lifted, int needed, Instant now) {
        var nominated = new Plan();
        int dispensable = attempts.size() - needed;
        List<Attempt> others = planAsNominated(attempts, lifted, nominated.steps, now);
        planAnywhere(others, nominated, dispensable, now);
        if (!nominated.isIdle() || lifted.isEmpty()) {
            return nominated;
        }
        var anywhere = new Plan();
        planAnywhere(attempts, anywhere, dispensable, now);
        return anywhere;
    }

    /**
     * Adds a step for each member whose nominated node takes it now. Returns the others.
     *
     * <p>Invariant: all nominations are lifted, and a member without one is not asked before those
     * that have one: it could take their place.
     */
    private List<Attempt> planAsNominated(
            List<Attempt> attempts, List<Nomination> lifted, List<Step> steps, Instant now) {
        Map<Uid, String> nominated = new HashMap<>();
        lifted.forEach(each -> nominated.put(each.pod().uid(), each.node()));
        List<Attempt> others = new ArrayList<>();
        for (Attempt each : attempts) {
            PodInfo pod = each.pod();
            long began = nanos.getAsLong();
            Optional<Step> step =
                    Optional.ofNullable(nominated.get(pod.uid()))
                            .flatMap(node -> state.placer().placeOn(node, pod))
                            .flatMap(placement -> step(placement, each, now));
            step.ifPresentOrElse(
                    there -> steps.add(there.took(nanos.getAsLong() - began)),
                    () -> others.add(each));
        }
        return others;
    }

    /**
     * Adds a step for each of them that finds a place. If too many find none, all steps are undone.
     *
     * @param dispensable how many the gang can do without
     */
    private void planAnywhere(List<Attempt> attempts, Plan plan, int dispensable, Instant now) {
        for (Attempt each : attempts) {
            long began = nanos.getAsLong();
            Placement placement = state.placer().place(each.pod());
            Optional<Step> step = step(placement, each, now);
            if (step.isPresent()) {
                plan.steps.add(step.get().took(nanos.getAsLong() - began));
                continue;
            }
            plan.stuck.add(new Stuck(each, (Unplaced) placement));
            if (plan.stuck.size() > dispensable) {
                undo(plan.steps);
                plan.steps.clear();
                return;
            }
        }
    }

    /** Takes the space in the snapshot; empty where there is none. */
    private Optional<Step> step(Placement placement, Attempt attempt, Instant now) {
        PodInfo pod = attempt.pod();
        switch (placement) {
            case Placed placed -> {
                String why = deciding.explain(placed.explanation(), attempt, now).toString();
                Consequences more = state.placer().consequences(placed);
                Binding binding =
                        state.messages()
                                .placed(pod, placed.node(), why)
                                .withEffects(Effect.toJson(more.together()));
                state.space().place(pod, placed.node());
                state.space().reserve(pod.uid(), more.all());
                return Optional.of(
                        new Step(attempt, binding, placed.node(), List.of(), more.before()));
            }
            case Unplaced unplaced -> {
                if (!pod.mayPreempt()) {
                    return Optional.empty();
                }
                Preemption.Answer answer = state.placer().searchVictims(pod);
                return answer.candidate()
                        .filter(this::hasNoReservation)
                        .map(found -> makingWay(unplaced, found, attempt, now));
            }
        }
    }

    private boolean hasNoReservation(Candidate candidate) {
        return candidate.victims().stream()
                .noneMatch(each -> state.space().nomination(each.pod().uid()).isPresent());
    }

    private Step makingWay(Unplaced unplaced, Candidate found, Attempt attempt, Instant now) {
        Binding binding =
                deciding.preempting(unplaced, found, deciding.evicted(found), attempt, now);
        String node = found.node().name();
        state.space().place(attempt.pod(), node);
        state.space().markLeaving(found.victims());
        return new Step(attempt, binding, node, found.victims(), List.of());
    }

    private void undo(List<Step> steps) {
        for (Step each : steps.reversed()) {
            state.space().vacate(each.attempt.pod().uid());
            state.space().restore(each.victims);
        }
    }
}
