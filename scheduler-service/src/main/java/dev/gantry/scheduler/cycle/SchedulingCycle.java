package dev.gantry.scheduler.cycle;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.fault.Bug;
import dev.gantry.model.message.Binding;
import dev.gantry.scheduler.cycle.decide.Deciding;
import dev.gantry.scheduler.cycle.decide.GangDeciding;
import dev.gantry.scheduler.cycle.state.BindingMessages;
import dev.gantry.scheduler.cycle.state.Gangs.Standing;
import dev.gantry.scheduler.cycle.state.SchedulerState;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.rebalance.QuiescentSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One owner calls this with all that happens, and asks it for decisions. */
public final class SchedulingCycle {
    private static final int MOST_SHOWN = 500;

    private final SchedulerState state;
    private final InputIntake intake;
    private final StandbyBindings standby;
    private final Deciding deciding;
    private final GangDeciding gangs;
    private final LongSupplier nanos;
    private final AttemptWatcher watcher;
    private boolean isCaughtUp;
    private Leadership leadership = new Leadership.Following();

    /** Decides nothing before it is told to lead. */
    public SchedulingCycle(String schedulerName, Profile profile) {
        this(schedulerName, Profiles.only(profile), () -> 0);
    }

    /**
     * @param nanos a stopwatch, so that a decision can tell how long it took
     */
    public SchedulingCycle(String schedulerName, Profiles profiles, LongSupplier nanos) {
        this(schedulerName, profiles, SchedulingQueue.USUAL_BACKOFF, nanos);
    }

    /**
     * Also places the pods of schedulers that are called like a profile.
     *
     * @param backoff how long a pod waits that fitted nowhere, or whose binding was refused
     * @param nanos a stopwatch, so that a decision can tell how long it took
     */
    public SchedulingCycle(
            String schedulerName, Profiles profiles, Backoff backoff, LongSupplier nanos) {
        this(schedulerName, profiles, backoff, nanos, AttemptWatcher.NONE);
    }

    /** As above, and tells of each attempt. */
    public SchedulingCycle(
            String schedulerName,
            Profiles profiles,
            Backoff backoff,
            LongSupplier nanos,
            AttemptWatcher watcher) {
        this.nanos = nanos;
        this.watcher = watcher;
        this.state = new SchedulerState(profiles, backoff);
        this.standby = new StandbyBindings(state);
        this.intake = new InputIntake(schedulerName, state, standby);
        this.deciding = new Deciding(state);
        this.gangs = new GangDeciding(state, deciding, nanos);
    }

    /**
     * Takes the input in. Where that meets a bug, what is known may be half of the old and half of
     * the new: a {@link Bug} says so, and whoever owns this begins anew. Among what existed at the
     * start the same input would be met again: it is left out, and those behind it are not.
     */
    public void hear(SchedulerInput input, Instant now) {
        try {
            take(input, now);
        } catch (RuntimeException bug) {
            if (isCaughtUp) {
                throw new Bug("what is known to the scheduler is broken by " + shown(input), bug);
            }
            watcher.leftOut(shown(input), bug);
        }
    }

    private static String shown(SchedulerInput input) {
        String whole = input.toString();
        return whole.substring(0, Math.min(whole.length(), MOST_SHOWN));
    }

    private void take(SchedulerInput input, Instant now) {
        state.awake().look(now);
        switch (input) {
            case SchedulerInput.PodSeen seen -> intake.podSeen(seen.sighting(), now);
            case SchedulerInput.PodGone gone -> state.gone(gone.key(), now);
            case SchedulerInput.NodeSeen seen -> intake.nodeSeen(seen.node(), now);
            case SchedulerInput.NodeGone gone -> intake.nodeGone(gone.name(), now);
            case SchedulerInput.NamespaceSeen seen ->
                    state.snapshot().putNamespace(seen.name(), seen.labels());
            case SchedulerInput.NamespaceGone gone -> state.snapshot().removeNamespace(gone.name());
            case SchedulerInput.NeedTold told -> state.tell(told.key(), told.object(), now);
            case SchedulerInput.BudgetSeen seen -> state.budgets().put(seen.budget());
            case SchedulerInput.BudgetGone gone ->
                    state.budgets().remove(gone.key().namespace(), gone.key().name());
            case SchedulerInput.PodGroupSeen seen -> state.waiting().groupSeen(seen.group(), now);
            case SchedulerInput.PodGroupGone gone ->
                    state.waiting().groupGone(gone.key().namespace(), gone.key().name());
            case SchedulerInput.Rejected rejected -> intake.rejected(rejected.binding(), now);
            case SchedulerInput.BindingReplayed told -> standby.heard(told.binding(), now);
            case SchedulerInput.Leading leading -> {
                leadership = Leadership.Leading.of(leading, now);
                state.messages().lead(leading.term());
                standby.leading();
            }
            case SchedulerInput.Following _ -> {
                leadership = new Leadership.Following();
                intake.following(now);
            }
            case SchedulerInput.CaughtUp _ -> {
                isCaughtUp = true;
                state.snapshot().prepare();
            }
        }
    }

    /**
     * Decides on up to {@code limit} pods. What is placed counts as taken from now on. Decides
     * nothing before all objects that existed at the start are known, and nothing while another
     * replica leads. A bug costs the pod that was tried a back-off; elsewhere it is as in {@link
     * #hear}.
     */
    public List<Binding> decide(int limit, Instant now) {
        try {
            return decideNext(limit, now);
        } catch (RuntimeException bug) {
            throw new Bug("what is known to the scheduler is broken by a decision", bug);
        }
    }

    private List<Binding> decideNext(int limit, Instant now) {
        List<Binding> decided = new ArrayList<>();
        state.awake().look(now);
        if (!mayDecide() || waitsUntil(now).isPresent()) {
            return decided;
        }
        state.messages().at(now);
        state.expireDevices(now);
        decided.addAll(state.overdue(now));
        state.preparations()
                .settle(state.snapshot(), now)
                .forEach(each -> decided.addAll(deciding.settled(each, now)));
        for (int i = 0; i < limit; i++) {
            Optional<Attempt> next = state.waiting().take(now);
            if (next.isEmpty()) {
                break;
            }
            decided.addAll(attempt(next.get(), now));
        }
        return decided;
    }

    /** One that meets a bug costs its pod a back-off, and no other pod anything. */
    private List<Binding> attempt(Attempt next, Instant now) {
        try {
            long began = nanos.getAsLong();
            List<Binding> made = attempt(next, began, now);
            String profile = state.placer().profileOf(next.pod());
            AttemptWatcher.Attempted.all(next, made, profile, now, nanos.getAsLong() - began)
                    .forEach(watcher::attempted);
            return made;
        } catch (RuntimeException broken) {
            state.breakOff(next.pod(), now);
            watcher.broken(next.pod(), state.placer().profileOf(next.pod()), broken);
            return List.of();
        }
    }

    private List<Binding> attempt(Attempt next, long began, Instant now) {
        Optional<Standing> standing = state.waiting().gangOf(next.pod().uid());
        if (standing.isPresent()) {
            return gangs.decide(next, standing.get(), now);
        }
        return deciding.decide(next, now)
                .map(each -> BindingMessages.took(each, nanos.getAsLong() - began))
                .map(List::of)
                .orElseGet(List::of);
    }

    /** Whether all objects that existed at the start are known. */
    public boolean isCaughtUp() {
        return isCaughtUp;
    }

    private boolean mayDecide() {
        return isCaughtUp && leadership instanceof Leadership.Leading;
    }

    public boolean hasWork() {
        return mayDecide() && state.waiting().hasActive();
    }

    /**
     * Until when at the latest, after a takeover, {@link #decide} answers with nothing whatever
     * work there is; empty where it does not wait.
     */
    public Optional<Instant> waitsUntil(Instant now) {
        return leadership instanceof Leadership.Leading && standby.isWaitingForPods()
                ? Optional.of(now.plus(standby.restOfWait()))
                : Optional.empty();
    }

    /** When there is something to do although nothing happens; never, while we don't decide. */
    public Optional<Instant> nextDue() {
        return mayDecide() ? state.nextDue() : Optional.empty();
    }

    /**
     * To be called every few seconds: a few of the unschedulable pods are told anew why they wait
     * where nodes or their gang changed, and tried again where they have been unschedulable for
     * very long.
     */
    public void sweep(Instant now) {
        state.waiting().sweep(intake.nodesChanged(), now);
    }

    /**
     * The whole cluster, where rebalancing may plan on it: we lead, no pod is active in the queue,
     * no binding awaits its reply, no pod is being preempted, and neither the leader nor the nodes
     * have changed for as long as {@code settle}. Pods that fit nowhere hold up their own workloads
     * alone.
     */
    public Optional<QuiescentSnapshot> quiescent(Duration settle, Instant now) {
        if (!isCaughtUp || !(leadership instanceof Leadership.Leading leading)) {
            return Optional.empty();
        }
        Instant since = now.minus(settle);
        boolean isSettled =
                !leading.began().isAfter(since) && !intake.fleetChanged().isAfter(since);
        return isSettled && state.isQuiescent()
                ? Optional.of(state.quiescent(leading.since()))
                : Optional.empty();
    }

    /** For those who ask questions; they copy it first if they change anything. */
    public ClusterSnapshot snapshot() {
        return state.snapshot();
    }

    /** How many pods wait for what. */
    public SchedulingQueue.Sizes waitingFor() {
        return state.waiting().sizes();
    }

    /** Why pods are unschedulable, and how many. */
    public Map<SchedulingQueue.Rejection, Integer> rejections() {
        return state.waiting().rejections(state.placer()::profileOf);
    }

    public int waiting() {
        return state.waiting().size();
    }
}
