package dev.gantry.scheduler.cycle.state;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.Gang;
import dev.gantry.scheduler.cycle.prebind.Preparations;
import dev.gantry.scheduler.cycle.reply.Assumptions;
import dev.gantry.scheduler.cycle.reply.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.reply.AwaitingReply;
import dev.gantry.scheduler.cycle.reply.Nominations;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.cycle.reply.Replies;
import dev.gantry.scheduler.cycle.reply.Unacknowledged;
import dev.gantry.scheduler.cycle.state.Gangs.Standing;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.rebalance.QuiescentSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the cycle knows: where pods are, which wait, which bindings await their reply. Intake
 * and decisions share it.
 *
 * <p>Invariant: a pod takes space on at most one node.
 *
 * <p>Example: a pod is taken from the queue, placed, and assumed to be there once its binding is
 * sent; it is bound when the feed shows it there, and released when the binding is rejected.
 */
public final class SchedulerState {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Budgets budgets = new Budgets();
    private final Placer placer;
    private final SchedulingQueue queue;
    private final WaitingPods waiting;
    private final Hints hints;
    private final Assumptions assumed = new Assumptions();
    private final Nominations nominations = new Nominations();
    private final Space space = new Space(snapshot, nominations);
    private final FreedSpace freed;
    private final Replies replies = new Replies(assumed, nominations);
    private final Preparations preparations = new Preparations();
    private final BindingMessages messages = new BindingMessages();
    private final AwakeTime awake = new AwakeTime();
    private final DeviceHolds devices = new DeviceHolds(snapshot, awake);

    public SchedulerState(Profiles profiles, Backoff backoff) {
        this.queue = new SchedulingQueue(backoff);
        this.waiting = new WaitingPods(queue);
        this.placer = new Placer(snapshot, profiles, budgets);
        this.hints = new Hints(snapshot, queue, placer.scheduler());
        this.freed = new FreedSpace(space, waiting, hints, placer);
    }

    /** Its nodes and pods are changed through here and {@link Space} alone. */
    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    public Budgets budgets() {
        return budgets;
    }

    public Placer placer() {
        return placer;
    }

    public Space space() {
        return space;
    }

    public BindingMessages messages() {
        return messages;
    }

    public AwakeTime awake() {
        return awake;
    }

    public Replies replies() {
        return replies;
    }

    public Preparations preparations() {
        return preparations;
    }

    public WaitingPods waiting() {
        return waiting;
    }

    public void putNode(NodeFacts node, Instant now) {
        Optional<NodeFacts> before = snapshot.node(node.name()).map(NodeView::facts);
        boolean isFirst = snapshot.nodeCount() == 0;
        snapshot.putNode(node);
        if (isFirst) {
            queue.wake(_ -> true, now);
        } else {
            hints.nodeChanged(node.name(), before, now);
        }
    }

    /** What state may place there at any moment keeps its space, should the node come back. */
    public void removeNode(String name, Instant now) {
        nominations.on(name).stream()
                .filter(each -> !each.isUnderway())
                .forEach(each -> freed.withdraw(each, now));
        snapshot.removeNode(name);
        hints.nodeGone(now);
    }

    /** An object of storage or devices; empty where it is no more. */
    public void tell(ObjectKey key, Optional<Resource> object, Instant now) {
        if (snapshot.tell(key, object)) {
            queue.wakeNeedy(pod -> pod.needs().areAbout(key, pod.key().namespace()), now);
        }
    }

    /** The feed shows this pod; another one of its name is no more. */
    public void seen(PodInfo pod, Instant now) {
        waiting.seen(pod).ifPresent(before -> forget(before, now));
    }

    public void gone(ObjectKey pod, Instant now) {
        waiting.gone(pod).ifPresent(uid -> forget(uid, now));
    }

    /** It neither takes space nor waits for any. */
    public void forget(Uid uid, Instant now) {
        devices.leave(uid);
        messages.forgetReason(uid);
        waiting.forget(uid);
        release(uid, now);
    }

    /** The feed shows the pod on its node. */
    public void bind(PodInfo pod, String node, Gang gang, Instant now) {
        waiting.bound(pod, gang, now);
        messages.forgetReason(pod.uid());
        preparations.remove(pod.uid());
        nominations.remove(pod.uid());
        Optional<Assumed> was = assumed.remove(pod.uid());
        Optional<PlacedPod> before = snapshot.pod(pod.uid());
        boolean isWhereWeThought = before.filter(each -> each.node().equals(node)).isPresent();
        if (before.isPresent() && !isWhereWeThought) {
            // It was bound by another; what we prepared for it may have taken effect before.
            devices.leave(pod.uid());
        }
        snapshot.place(pod, node);
        if (was.isPresent() && !isWhereWeThought) {
            before.ifPresent(wrong -> hints.left(wrong, now));
        }
        if (!isWhereWeThought || !isAsItWas(before.orElseThrow(), pod)) {
            before.filter(_ -> isWhereWeThought).ifPresent(changed -> hints.left(changed, now));
            hints.came(pod, now);
        }
    }

    /** Relabelled or resized, it may be in the way of others no more. */
    private static boolean isAsItWas(PlacedPod before, PodInfo now) {
        return !before.isNominated()
                && before.pod().labels().equals(now.labels())
                && before.pod().signature().asked().equals(now.signature().asked());
    }

    /** The feed shows the pod without a node. Returns whether it is in the queue now. */
    public boolean pending(PodInfo pod, Gang gang, Instant now) {
        waiting.pending(pod.uid(), gang, now);
        if (assumed.find(pod.uid()).isPresent()) {
            assumed.renew(pod);
            return false;
        }
        waiting.add(pod, now);
        return true;
    }

    /**
     * The feed shows the pod with this nominated node, or with none. It decides: a nomination by an
     * earlier leader or by another client counts, one that was undone does not.
     */
    public void followNomination(PodInfo pod, String node, Instant now) {
        Optional<Nomination> known = nominations.find(pod.uid());
        if (known.isPresent() && known.get().node().equals(node)) {
            if (!known.get().isUnderway() || pod.revision().value() > known.get().seen()) {
                nominations.confirm(pod.uid());
            }
            freed.wakeNominated(node, now);
            return;
        }
        known.filter(Nomination::isConfirmed).ifPresent(each -> freed.withdraw(each, now));
        if (!node.isEmpty() && nominations.find(pod.uid()).isEmpty()) {
            space.keep(new Nomination(pod, node, List.of(), Optional.empty(), now, true));
        }
    }

    /** With what is known now of the extended resources that devices stand for. */
    public Attempt known(Attempt attempt) {
        return new Attempt(snapshot.known(attempt.pod()), attempt.before(), attempt.since());
    }

    /** The pod as the feed has shown it since it was assumed; empty where it is not. */
    public Optional<PodInfo> assumed(Uid uid) {
        return assumed.find(uid).map(Assumed::pod);
    }

    /** An earlier leader had assumed the pod there; it is decided anew, and keeps that node. */
    public void decideAnew(Nomination nomination, Instant now) {
        assumed.remove(nomination.pod().uid());
        space.keep(nomination);
        waiting.add(nomination.pod(), now);
    }

    /** The pod is taken to be on the node once its binding is sent. */
    public void assume(PodInfo pod, String node, Binding binding, Instant now) {
        awaitReply(pod, node, binding, now);
        hints.came(pod, now);
        messages.forgetReason(pod.uid());
    }

    /** From now on the pod, which is assumed, waits for the reply to this binding. */
    public void awaitReply(PodInfo pod, String node, Binding binding, Instant now) {
        assumed.add(pod, node, binding, now);
    }

    /** An earlier leader placed the pod: it waits no more and is not nominated. */
    public void leaveQueue(Uid uid) {
        waiting.remove(uid);
        nominations.remove(uid);
    }

    /**
     * An attempt to place the pod met a bug: it takes no space, and is tried anew after a while.
     */
    public void breakOff(PodInfo pod, Instant now) {
        release(pod.uid(), now);
        waiting.retry(pod, now);
    }

    /** What was prepared for the pod has failed: it is tried anew. */
    public void fail(PodInfo pod, String message, Instant now) {
        breakOff(pod, now);
        boolean _ = messages.isRepeated(pod.uid(), message);
    }

    /**
     * The pod's binding was rejected: its space is free, and it is tried anew. Returns false where
     * it does not wait for the reply to this binding.
     */
    public boolean reject(Uid uid, Binding.Stamp stamp, Instant now) {
        Optional<PodInfo> pod = replies.awaiting(uid, stamp);
        if (pod.isEmpty()) {
            return false;
        }
        // As the feed has shown it since: a binding of an older revision may be rejected again.
        PodInfo newest = waiting.find(uid).orElse(pod.get());
        release(uid, now);
        if (waiting.isCurrent(newest)) {
            waiting.retry(newest, now);
        }
        return true;
    }

    /**
     * Another binding of the pod follows, so this one does not hold. Its devices stay taken for a
     * while: it may have taken effect, and the later binding be about what comes after it.
     */
    public void supersede(Uid uid, Binding.Stamp stamp, Instant now) {
        Optional<PodInfo> pod = replies.awaiting(uid, stamp);
        if (pod.isPresent()) {
            PodInfo newest = waiting.find(uid).orElse(pod.get());
            devices.leave(uid);
            release(uid, now);
            waiting.addIfCurrent(newest, now);
        }
    }

    /** The pod takes no space and waits for none. */
    private void release(Uid uid, Instant now) {
        waiting.remove(uid);
        assumed.remove(uid);
        preparations.remove(uid);
        freed.endNomination(uid);
        freed.giveBack(uid, now);
    }

    /** A reservation gives way: its pod is tried again at once. */
    public void takeBack(Nomination reservation, Instant now) {
        freed.takeBack(reservation, now);
    }

    /**
     * None of our bindings in flight is sure any more, as another replica leads: their pods are
     * tried again when we do.
     */
    public void abandon(Instant now) {
        for (Assumed each : assumed.removeAll()) {
            preparations.remove(each.pod().uid());
            freed.giveBack(each.pod().uid(), now);
            waiting.addIfCurrent(each.pod(), now);
        }
        nominations.all().forEach(each -> freed.withdraw(each, now));
        messages.forgetReasons();
    }

    public DeviceHolds devices() {
        return devices;
    }

    /** Devices of pods that have been gone for long are free for others. */
    public void expireDevices(Instant now) {
        if (devices.expire()) {
            wakeForDevices(now);
        }
    }

    public void wakeForDevices(Instant now) {
        queue.wakeNeedy(PodInfo::hasClaims, now);
    }

    /** They have their nodes, and wait there for as long as the profile of the first has it. */
    public void prepare(Party gang, List<Preparations.Prepared> pods, Instant now) {
        Duration patience = placer.patienceFor(pods.getFirst().pod());
        preparations.add(new Preparations.Group(gang, pods, now, patience));
    }

    /** The bindings that are sent again because no reply came. */
    public List<Binding> overdue(Instant now) {
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

    /** Pods of the gang that were seen on their node are settled: their binding was taken. */
    private Binding again(Unacknowledged before) {
        List<Binding.Pod> settled =
                waiting.gangOf(before.waiting().getFirst()).map(Standing::placed).orElse(List.of());
        return messages.again(before.binding().onlyOn(before.waiting(), settled));
    }

    /** When there is something to do although nothing happens. */
    public Optional<Instant> nextDue() {
        return Stream.of(queue.nextDue(), assumed.nextDue(), nominations.nextDue())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Whether no pod is to be tried, no binding awaits its reply, and no pod is nominated. */
    public boolean isQuiescent() {
        return !queue.hasActive() && assumed.nextDue().isEmpty() && nominations.all().isEmpty();
    }

    public QuiescentSnapshot quiescent(Instant leadingSince) {
        return new QuiescentSnapshot(
                snapshot.listing(), budgets.copy(), queue.owners(), leadingSince);
    }
}
