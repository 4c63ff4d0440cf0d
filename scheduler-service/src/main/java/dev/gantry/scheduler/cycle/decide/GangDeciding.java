package dev.gantry.scheduler.cycle.decide;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.decide.GangPlanner.Plan;
import dev.gantry.scheduler.cycle.decide.GangPlanner.Step;
import dev.gantry.scheduler.cycle.decide.GangPlanner.Stuck;
import dev.gantry.scheduler.cycle.prebind.Preparations;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.cycle.state.BindingMessages;
import dev.gantry.scheduler.cycle.state.Gangs.Standing;
import dev.gantry.scheduler.cycle.state.SchedulerState;
import dev.gantry.scheduler.placement.Placement.Unplaced;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Tries a gang: what {@link GangPlanner} finds for its pods is sent as one message. If fewer find a
 * place than the gang needs, all wait. While one of them waits for state's reply to an earlier
 * binding, the others are not tried: that reply is about all. If others have work to do for one of
 * them first, such as to provision a volume, all are bound when that is done.
 *
 * <p>Compat: a PodGroup's minCount, and a gang whose group is not there yet waits. Once so many
 * have their nodes, the others come one by one.
 */
public final class GangDeciding {
    /** The rule that rejects a pod whose gang is not complete, or found no room. */
    private static final String RULE = "Gang";

    private final SchedulerState state;
    private final Deciding deciding;
    private final GangPlanner planner;

    public GangDeciding(SchedulerState state, Deciding deciding, LongSupplier nanos) {
        this.state = state;
        this.deciding = deciding;
        this.planner = new GangPlanner(state, deciding, nanos);
    }

    public List<Binding> decide(Attempt first, Standing standing, Instant now) {
        if (standing.missing() > 0) {
            return incomplete(first, standing, now);
        }
        List<Attempt> attempts = new ArrayList<>(List.of(state.known(first)));
        if (!standing.isWhole()) {
            for (Uid uid : standing.waiting()) {
                state.waiting().take(uid).map(state::known).ifPresent(attempts::add);
            }
        }
        boolean areOthersAway = !standing.isWhole() && attempts.size() < standing.waiting().size();
        if (areOthersAway || isUnderway(attempts)) {
            attempts.forEach(each -> state.waiting().unschedulable(each, justGang(), now));
            return List.of();
        }
        try {
            return decideAll(attempts, standing, now);
        } catch (RuntimeException broken) {
            attempts.forEach(each -> state.breakOff(each.pod(), now));
            throw broken;
        }
    }

    private List<Binding> decideAll(List<Attempt> attempts, Standing standing, Instant now) {
        List<Nomination> lifted = new ArrayList<>();
        attempts.forEach(each -> state.space().lift(each.pod().uid()).ifPresent(lifted::add));
        Plan plan = planner.plan(attempts, lifted, standing.needed(), now);
        if (plan.isIdle() && !standing.isWhole()) {
            return nowhere(plan.stuck().getFirst().unplaced(), attempts, lifted, standing, now);
        }
        List<Binding> sent = new ArrayList<>();
        if (!plan.isIdle()) {
            sent.add(commit(plan.steps(), standing, now));
        }
        plan.stuck().forEach(each -> leave(each, lifted, now).ifPresent(sent::add));
        return sent;
    }

    /** Whether state may place one of them at any moment, and with it all. */
    private boolean isUnderway(List<Attempt> attempts) {
        return attempts.stream()
                .flatMap(each -> state.space().nomination(each.pod().uid()).stream())
                .anyMatch(Nomination::isUnderway);
    }

    /** One message for all; where victims must leave first, all wait for that. */
    private Binding commit(List<Step> steps, Standing standing, Instant now) {
        boolean isWaiting = steps.stream().anyMatch(each -> !each.victims().isEmpty());
        if (!isWaiting && steps.stream().anyMatch(each -> !each.before().isEmpty())) {
            return prepare(steps, standing, now);
        }
        List<Binding> bindings = steps.stream().map(each -> asSent(each, isWaiting)).toList();
        Binding whole = bindings.getFirst().together(party(bindings, standing));
        for (Step each : steps) {
            PodInfo pod = each.attempt().pod();
            state.messages().forgetReason(pod.uid());
            each.victims().forEach(gone -> state.preparations().giveWay(gone.pod().uid()));
            if (isWaiting) {
                state.waiting().unschedulable(each.attempt(), justGang(), now);
                state.space().nominate(pod, each.node(), each.victims(), whole, now);
            } else {
                state.assume(pod, each.node(), whole, now);
            }
        }
        return whole;
    }

    /** Of those who have their node, as many as state must count to find the gang whole. */
    private static Party party(List<Binding> bindings, Standing standing) {
        int others = Math.max(0, standing.gang().size() - bindings.size());
        List<Binding.Pod> settled = standing.placed().stream().limit(others).toList();
        return new Party(standing.gang().name(), bindings.subList(1, bindings.size()), settled);
    }

    /** All have their nodes, and are bound when the last of them is prepared. */
    private Binding prepare(List<Step> steps, Standing standing, Instant now) {
        List<Binding> bindings =
                steps.stream()
                        .map(
                                each ->
                                        state.messages()
                                                .preparing(
                                                        each.attempt().pod(),
                                                        each.node(),
                                                        each.before()))
                        .toList();
        Party party = party(bindings, standing);
        Binding whole = bindings.getFirst().together(party);
        List<Preparations.Prepared> pods =
                steps.stream()
                        .map(
                                each ->
                                        Preparations.Prepared.of(
                                                each.attempt().pod(),
                                                each.binding(),
                                                each.before()))
                        .toList();
        state.prepare(party, pods, now);
        for (Step each : steps) {
            PodInfo pod = each.attempt().pod();
            state.assume(pod, each.node(), whole, now);
        }
        return whole;
    }

    /**
     * In case state only nominates: the pod's message tells why it waits. A pod that would need to
     * be prepared is only nominated, and tried anew once there is room.
     */
    private Binding asSent(Step step, boolean isWaiting) {
        if (!isWaiting || !step.victims().isEmpty()) {
            return step.binding();
        }
        Binding waiting =
                state.messages()
                        .waitingForTheGang(
                                step.attempt().pod(), step.node(), step.binding().explanation());
        return step.before().isEmpty() ? waiting : waiting.nominatedOnly();
    }

    /**
     * Pods and their groups come by feeds that are not in step: that there is no group is told when
     * it is still so at the second try.
     */
    private List<Binding> incomplete(Attempt attempt, Standing standing, Instant now) {
        state.waiting().unschedulable(attempt, justGang(), now);
        return standing.lacksPodGroup() && attempt.before() == 0
                ? List.of()
                : tell(attempt.pod(), standing.lack(), "").stream().toList();
    }

    private List<Binding> nowhere(
            Unplaced unplaced,
            List<Attempt> attempts,
            List<Nomination> lifted,
            Standing standing,
            Instant now) {
        lifted.forEach(this::nominateAgain);
        SortedSet<String> rules = Deciding.rules(unplaced);
        rules.add(RULE);
        String why = unplaced.message("not all pods of the group can be placed.");
        String group =
                attempts.size() > standing.needed()
                        ? "%d of its %d".formatted(standing.needed(), attempts.size())
                        : "all its %d".formatted(attempts.size());
        String message =
                "pod group \"%s\" does not fit with %s pods, such as %s: %s"
                        .formatted(standing.gang().name(), group, unplaced.pod().key().name(), why);
        List<Binding> told = new ArrayList<>();
        Attempt stuck =
                attempts.stream().filter(each -> isOf(each, unplaced)).findFirst().orElseThrow();
        String kept =
                deciding.explain(unplaced.explanation(), stuck, now)
                        .put("stuck", unplaced.pod().key().name())
                        .toString();
        for (Attempt each : attempts) {
            state.waiting().unschedulable(each, rules, now);
            tell(each.pod(), message, kept)
                    .map(binding -> nominated(binding, each.pod()))
                    .ifPresent(told::add);
        }
        return told;
    }

    /** Its gang does without it: it waits like any pod. */
    private Optional<Binding> leave(Stuck stuck, List<Nomination> lifted, Instant now) {
        PodInfo pod = stuck.attempt().pod();
        SortedSet<String> rules = Deciding.rules(stuck.unplaced());
        rules.add(RULE);
        state.waiting().unschedulable(stuck.attempt(), rules, now);
        for (Nomination each : lifted) {
            if (each.pod().uid().equals(pod.uid())) {
                if (deciding.isWaitingForVictims(pod, each)) {
                    nominateAgain(each);
                } else {
                    state.messages().forgetReason(pod.uid());
                }
            }
        }
        String kept =
                deciding.explain(stuck.unplaced().explanation(), stuck.attempt(), now).toString();
        return tell(pod, stuck.unplaced().message(), kept).map(each -> nominated(each, pod));
    }

    private void nominateAgain(Nomination lifted) {
        state.space().keep(lifted);
    }

    private Binding nominated(Binding told, PodInfo pod) {
        return state.space()
                .nomination(pod.uid())
                .map(each -> told.nominating(each.node(), List.of()))
                .orElse(told);
    }

    private static boolean isOf(Attempt attempt, Unplaced unplaced) {
        return attempt.pod().uid().equals(unplaced.pod().uid());
    }

    private Optional<Binding> tell(PodInfo pod, String message, String why) {
        return state.messages().isRepeated(pod.uid(), message)
                ? Optional.empty()
                : Optional.of(
                        state.messages()
                                .unplaced(pod, BindingMessages.UNSCHEDULABLE, message, why));
    }

    private static SortedSet<String> justGang() {
        SortedSet<String> rules = new TreeSet<>();
        rules.add(RULE);
        return rules;
    }
}
