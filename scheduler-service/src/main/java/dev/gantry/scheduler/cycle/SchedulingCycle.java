package dev.gantry.scheduler.cycle;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.message.Binding;
import dev.gantry.scheduler.cycle.Gangs.Standing;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.rebalance.Calm;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One owner calls this with all that happens, and asks it for decisions. */
public final class SchedulingCycle {
    private static final long FIRST_TERM = 1;

    private final Ledger ledger;
    private final Hearing hearing;
    private final Hearsay hearsay;
    private final Deciding deciding;
    private final GangDeciding gangs;
    private final LongSupplier nanos;
    private boolean isCaughtUp;
    private boolean isLeading = true;
    private boolean isFirstLeader = true;
    private Instant leadingSince = Instant.EPOCH;

    /** Leads from the start; whoever takes part in an election tells it to follow first. */
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
        this.nanos = nanos;
        this.ledger = new Ledger(profiles, backoff);
        this.hearsay = new Hearsay(ledger);
        this.hearing = new Hearing(schedulerName, ledger, hearsay);
        this.deciding = new Deciding(ledger);
        this.gangs = new GangDeciding(ledger, deciding, nanos);
    }

    public void hear(Happening happening, Instant now) {
        ledger.awake.look(now);
        switch (happening) {
            case Happening.PodSeen seen -> hearing.podSeen(seen.sighting(), now);
            case Happening.PodGone gone ->
                    Optional.ofNullable(ledger.uids.remove(gone.key()))
                            .ifPresent(uid -> ledger.forget(uid, now));
            case Happening.NodeSeen seen -> hearing.nodeSeen(seen.node(), now);
            case Happening.NodeGone gone -> hearing.nodeGone(gone.name(), now);
            case Happening.NamespaceSeen seen ->
                    ledger.snapshot.putNamespace(seen.name(), seen.labels());
            case Happening.NamespaceGone gone -> ledger.snapshot.removeNamespace(gone.name());
            case Happening.NeedTold told -> needTold(told, now);
            case Happening.BudgetSeen seen -> ledger.budgets.put(seen.budget());
            case Happening.BudgetGone gone ->
                    ledger.budgets.remove(gone.key().namespace(), gone.key().name());
            case Happening.Rejected rejected -> hearing.rejected(rejected.binding(), now);
            case Happening.Foretold told -> hearsay.heard(told.binding(), now);
            case Happening.Leading leading -> {
                isLeading = true;
                isFirstLeader = leading.term() == FIRST_TERM;
                ledger.words.lead(leading.term());
                leadingSince = now;
                hearsay.leading();
            }
            case Happening.Following _ -> {
                isLeading = false;
                hearing.following(now);
            }
            case Happening.CaughtUp _ -> {
                isCaughtUp = true;
                ledger.snapshot.prepare();
            }
        }
    }

    /**
     * Decides on up to {@code limit} pods. What is placed counts as taken from now on. Decides
     * nothing before all that was there at the start has been told, and nothing while somebody else
     * leads.
     */
    public List<Binding> decide(int limit, Instant now) {
        List<Binding> decided = new ArrayList<>();
        ledger.awake.look(now);
        if (!isCaughtUp || !isLeading || waitsUntil(now).isPresent()) {
            return decided;
        }
        ledger.words.at(now);
        ledger.expire(now);
        decided.addAll(ledger.overdue(now));
        ledger.preparations
                .settle(ledger.snapshot, now)
                .forEach(each -> decided.addAll(deciding.settled(each, now)));
        for (int i = 0; i < limit; i++) {
            Optional<Attempt> next = ledger.queue.take(now);
            if (next.isEmpty()) {
                break;
            }
            long began = nanos.getAsLong();
            Optional<Standing> standing = ledger.gangs.of(next.get().pod().uid());
            if (standing.isPresent()) {
                decided.addAll(gangs.decide(next.get(), standing.get(), now));
            } else {
                deciding.decide(next.get(), now)
                        .map(each -> Words.took(each, nanos.getAsLong() - began))
                        .ifPresent(decided::add);
            }
        }
        return decided;
    }

    public boolean hasWork() {
        return isCaughtUp && isLeading && ledger.queue.hasActive();
    }

    /**
     * Until when at the latest, after a takeover, {@link #decide} answers with nothing whatever
     * work there is; empty where it does not wait.
     */
    public Optional<Instant> waitsUntil(Instant now) {
        return isLeading && hearsay.isWaitingForPods()
                ? Optional.of(now.plus(hearsay.restOfWait()))
                : Optional.empty();
    }

    /** When there is something to do although nothing happens; never, while we don't decide. */
    public Optional<Instant> nextDue() {
        if (!isCaughtUp || !isLeading) {
            return Optional.empty();
        }
        return Stream.of(
                        ledger.queue.nextDue(),
                        ledger.assumed.nextDue(),
                        ledger.nominations.nextDue())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /**
     * To be called every few seconds: a few of the unschedulable pods are told anew why they wait where
     * nodes or their gang changed, and tried again where they have been unschedulable for very long.
     */
    public void sweep(Instant now) {
        ledger.gangs
                .takeChanged()
                .forEach(
                        gang ->
                                gang.waiting().stream()
                                        .limit(1)
                                        .forEach(uid -> ledger.queue.wakeAtOnce(uid, now)));
        ledger.queue.sweep(hearing.nodesChanged(), now);
    }

    /**
     * All that there is, where rebalancing may think about it: we lead, there is nobody to be
     * tried, nothing that we said is unconfirmed, nobody makes way, and neither the leader nor the
     * nodes have changed for as long as {@code settle}. Pods that fit nowhere hold up their own
     * workloads alone.
     */
    public Optional<Calm> calm(Duration settle, Instant now) {
        Instant since = now.minus(settle);
        boolean isSettled = !leadingSince.isAfter(since) && !hearing.fleetChanged().isAfter(since);
        boolean isQuiet =
                !ledger.queue.hasActive()
                        && ledger.assumed.nextDue().isEmpty()
                        && ledger.nominations.all().isEmpty();
        return isCaughtUp && isLeading && isSettled && isQuiet
                ? Optional.of(listed())
                : Optional.empty();
    }

    private Calm listed() {
        return new Calm(
                ledger.snapshot.listing(),
                ledger.budgets.copy(),
                ledger.queue.owners(),
                isFirstLeader ? Instant.EPOCH : leadingSince);
    }

    /** For those who ask questions; they copy it first if they change anything. */
    public ClusterSnapshot snapshot() {
        return ledger.snapshot;
    }

    public int waiting() {
        return ledger.queue.size();
    }

    private void needTold(Happening.NeedTold told, Instant now) {
        if (ledger.snapshot.tell(told.key(), told.object())) {
            ledger.queue.wakeNeedy(
                    pod -> pod.needs().areAbout(told.key(), pod.key().namespace()), now);
        }
    }
}
