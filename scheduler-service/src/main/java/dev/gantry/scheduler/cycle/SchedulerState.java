package dev.gantry.scheduler.cycle;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.preemption.Preemption;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.Absence;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the cycle knows: where pods are, which wait, which bindings await their reply. Intake
 * and decisions share it; space is given back only through here, so that no pod that could use it
 * is forgotten.
 */
final class SchedulerState {
    /** By how much one feed may be behind another, at most, while we are awake. */
    private static final Duration FEEDS_APART = Duration.ofSeconds(30);

    final Profiles profiles;
    final RankedScheduler scheduler;
    final Preemption preemption;
    final ClusterSnapshot snapshot = new ClusterSnapshot();
    final SchedulingQueue queue;
    final Budgets budgets = new Budgets();
    final Assumptions assumed = new Assumptions();
    final Nominations nominations = new Nominations();
    final Preparations preparations = new Preparations();
    final Gangs gangs = new Gangs();
    final BindingMessages messages = new BindingMessages();
    final AwakeTime awake = new AwakeTime();
    final Hints hints;

    /** Which life of the pod of this name is the current one. */
    final Map<ObjectKey, Uid> uids = new HashMap<>();

    /** The last message to each pod that could not be placed; the same one is sent once. */
    final Map<Uid, String> lastMessages = new HashMap<>();

    SchedulerState(Profiles profiles, Backoff backoff) {
        this.profiles = profiles;
        this.queue = new SchedulingQueue(backoff);
        this.scheduler = new RankedScheduler(profiles);
        this.preemption = new Preemption(profiles, budgets);
        this.hints = new Hints(snapshot, queue, scheduler);
    }

    /** With what is known now of the extended resources that devices stand for. */
    Attempt known(Attempt attempt) {
        return new Attempt(snapshot.known(attempt.pod()), attempt.before(), attempt.since());
    }

    void forget(Uid uid, Instant now) {
        leaveDevices(uid);
        lastMessages.remove(uid);
        gangs.remove(uid);
        queue.forget(uid);
        release(uid, now);
    }

    /** The pod takes no space and waits for none. Whether victims leave for it, the feed shows. */
    void release(Uid uid, Instant now) {
        queue.remove(uid);
        assumed.remove(uid);
        preparations.remove(uid);
        nominations
                .remove(uid)
                .filter(Nomination::isUnderway)
                .ifPresent(each -> restore(each.victims()));
        giveBack(uid, now);
    }

    /**
     * Devices that a binding may have given to a pod that is unknown, or on its node already, are
     * not free for others.
     */
    void keepDevices(Uid uid, List<Effect> effects) {
        snapshot.devices().reserve(uid, effects);
        leaveDevices(uid);
    }

    /** What it got and the feed has not shown yet stays taken for a while, whatever comes of it. */
    void leaveDevices(Uid uid) {
        snapshot.devices().leave(uid, awake.now().plus(FEEDS_APART));
    }

    /** Devices of pods that have been gone for long are free for others. */
    void expire(Instant now) {
        if (snapshot.devices().expire(awake.now())) {
            wakeForDevices(now);
        }
    }

    void wakeForDevices(Instant now) {
        queue.wakeNeedy(PodInfo::hasClaims, now);
    }

    /** Takes the pod off its node, and wakes the pods that waited for that. */
    void giveBack(Uid uid, Instant now) {
        Optional<PlacedPod> before = snapshot.pod(uid);
        snapshot.remove(uid);
        if (before.isPresent()) {
            wakeNominated(before.get().node(), now);
            hints.left(before.get(), now);
        }
    }

    /** To be tried anew. What the queue knows of a pod is newer than what was kept aside. */
    void addIfCurrent(PodInfo pod, Instant now) {
        boolean isCurrent = pod.uid().equals(uids.get(pod.key()));
        if (isCurrent && queue.find(pod.uid()).isEmpty()) {
            queue.add(pod, now);
        }
    }

    /** Which of the pods that wait for others to leave this node fit now? */
    void wakeNominated(String name, Instant now) {
        List<Nomination> waiting = nominations.on(name);
        Optional<NodeView> node = snapshot.node(name);
        if (waiting.isEmpty() || node.isEmpty()) {
            return;
        }
        for (Nomination each : waiting) {
            boolean fits;
            try (var absence = new Absence(node.get())) {
                absence.leave(each.pod());
                List<String> namespace = List.of(each.pod().key().namespace());
                fits = scheduler.fits(each.pod().signature(), namespace, node.get(), snapshot);
            }
            if (fits) {
                queue.wakeAtOnce(each.pod().uid(), now);
            }
        }
    }

    /** The pod that waits for the reply to exactly this binding; empty where none does. */
    Optional<PodInfo> awaiting(Uid uid, Binding.Stamp stamp) {
        return assumed.find(uid)
                .filter(each -> each.binding().stamp().equals(stamp))
                .map(Assumed::pod)
                .or(
                        () ->
                                nominations
                                        .find(uid)
                                        .filter(each -> each.awaits(stamp))
                                        .map(Nomination::pod));
    }

    /** The binding whose reply this pod waits for. */
    Optional<Binding> awaited(Uid uid) {
        return assumed.find(uid)
                .map(Assumed::binding)
                .or(
                        () ->
                                nominations
                                        .find(uid)
                                        .filter(Nomination::isUnderway)
                                        .flatMap(Nomination::binding));
    }

    /** The bindings that are sent again because no reply came. */
    List<Binding> overdue(Instant now) {
        List<Binding> sent = new ArrayList<>();
        for (AwaitingReply pods : List.of(assumed, nominations)) {
            for (Unacknowledged each : pods.unacknowledged(now)) {
                boolean isTaken = preparations.areTaken(each.waiting(), snapshot, now);
                Binding binding = isTaken ? each.binding() : again(each);
                each.waiting().forEach(pod -> pods.waitAnew(pod, binding, now));
                sent.addAll(isTaken ? List.of() : List.of(binding));
            }
        }
        return sent;
    }

    /**
     * Pods of the gang that have been seen on their node are listed as settled: their binding was
     * taken.
     */
    private Binding again(Unacknowledged before) {
        List<Binding.Pod> settled =
                gangs.of(before.waiting().getFirst()).map(Gangs.Standing::placed).orElse(List.of());
        return messages.again(before.binding().onlyOn(before.waiting(), settled));
    }

    /** They have their nodes, and wait there for as long as the profile of the first has it. */
    void prepare(Party gang, List<Preparations.Prepared> pods, Instant now) {
        String profile = profiles.nameFor(pods.getFirst().pod(), snapshot);
        Duration patience = profiles.named(profile).patience();
        preparations.add(new Preparations.Group(gang, pods, now, patience));
    }

    /** Keeps the pod's space on the node, and lets the victims count as leaving. */
    void nominate(PodInfo pod, String node, List<PlacedPod> victims, Binding binding, Instant now) {
        snapshot.nominate(pod, node);
        victims.forEach(each -> snapshot.place(each.pod().makingWay(), each.node()));
        nominations.add(new Nomination(pod, node, victims, Optional.of(binding), now, false));
    }

    /** A nomination that does not hold: its victims stay. */
    void dropNomination(Nomination dropped, Instant now) {
        nominations.remove(dropped.pod().uid());
        restore(dropped.victims());
        giveBack(dropped.pod().uid(), now);
    }

    /**
     * Pods that we had marked as leaving stay. One that has been seen or placed anew since, maybe
     * elsewhere, no longer has our mark.
     */
    void restore(List<PlacedPod> victims) {
        for (PlacedPod each : victims) {
            Optional<PlacedPod> now = snapshot.pod(each.pod().uid());
            if (now.filter(marked -> isOurMarkOf(each, marked)).isPresent()) {
                snapshot.place(each.pod(), each.node());
            }
        }
    }

    private static boolean isOurMarkOf(PlacedPod before, PlacedPod now) {
        return now.node().equals(before.node())
                && now.pod().isLeaving()
                && now.pod().revision().equals(before.pod().revision());
    }
}
