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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * All that the cycle knows: where pods are, which wait, which bindings await their reply. Intake
 * and decisions share it.
 *
 * <p>Invariant: space is given back only through here, so that no pod that could use it is
 * forgotten. A pod takes space on at most one node.
 *
 * <p>Example: a pod is taken from the queue, placed, and assumed to be there once its binding is
 * sent; it is bound when the feed shows it there, and released when the binding is rejected.
 */
public final class SchedulerState {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Budgets budgets = new Budgets();
    private final Placer placer;
    private final SchedulingQueue queue;
    private final Hints hints;
    private final Assumptions assumed = new Assumptions();
    private final Nominations nominations = new Nominations();
    private final Space space = new Space(snapshot, nominations);
    private final Replies replies = new Replies(assumed, nominations);
    private final Preparations preparations = new Preparations();
    private final Gangs gangs = new Gangs();
    private final BindingMessages messages = new BindingMessages();
    private final AwakeTime awake = new AwakeTime();
    private final DeviceHolds devices = new DeviceHolds(snapshot, awake);

    /** The uid of the pod that has this name now. */
    private final Map<ObjectKey, Uid> uids = new HashMap<>();

    public SchedulerState(Profiles profiles, Backoff backoff) {
        this.queue = new SchedulingQueue(backoff);
        this.placer = new Placer(snapshot, profiles, budgets);
        this.hints = new Hints(snapshot, queue, placer.scheduler());
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

    public Gangs gangs() {
        return gangs;
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
                .forEach(each -> withdraw(each, now));
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
        Uid before = uids.put(pod.key(), pod.uid());
        if (before != null && !before.equals(pod.uid())) {
            forget(before, now);
        }
    }

    public void gone(ObjectKey pod, Instant now) {
        Optional.ofNullable(uids.remove(pod)).ifPresent(uid -> forget(uid, now));
    }

    /** It neither takes space nor waits for any. */
    public void forget(Uid uid, Instant now) {
        devices.leave(uid);
        messages.forgetReason(uid);
        gangs.remove(uid);
        queue.forget(uid);
        release(uid, now);
    }

    /** The feed shows the pod on its node. */
    public void bind(PodInfo pod, String node, Gang gang, Instant now) {
        queue.forget(pod.uid());
        messages.forgetReason(pod.uid());
        preparations.remove(pod.uid());
        if (gang.isNone()) {
            gangs.remove(pod.uid());
        } else if (gangs.placed(gang, pod)) {
            wakeGang(pod.uid(), now);
        }
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
        if (gang.isNone()) {
            gangs.remove(pod.uid());
        } else if (gangs.waits(gang, pod.uid())) {
            wakeGang(pod.uid(), now);
        }
        if (assumed.find(pod.uid()).isPresent()) {
            assumed.renew(pod);
            return false;
        }
        queue.add(pod, now);
        return true;
    }

    private void wakeGang(Uid uid, Instant now) {
        gangs.of(uid).stream()
                .flatMap(standing -> standing.waiting().stream())
                .forEach(each -> queue.wakeAtOnce(each, now));
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
            wakeNominated(node, now);
            return;
        }
        known.filter(Nomination::isConfirmed).ifPresent(each -> withdraw(each, now));
        if (!node.isEmpty() && nominations.find(pod.uid()).isEmpty()) {
            space.keep(new Nomination(pod, node, List.of(), Optional.empty(), now, true));
        }
    }

    /** With what is known now of the extended resources that devices stand for. */
    public Attempt known(Attempt attempt) {
        return new Attempt(snapshot.known(attempt.pod()), attempt.before(), attempt.since());
    }

    public Optional<Attempt> take(Instant now) {
        return queue.take(now);
    }

    /** Takes this pod out of the queue; empty where it is not in there. */
    public Optional<Attempt> take(Uid uid) {
        return queue.take(uid);
    }

    /** The pod as it is in the queue. */
    public Optional<PodInfo> queued(Uid uid) {
        return queue.find(uid);
    }

    /** The pod as the feed has shown it since it was assumed; empty where it is not. */
    public Optional<PodInfo> assumed(Uid uid) {
        return assumed.find(uid).map(Assumed::pod);
    }

    /** An earlier leader had assumed the pod there; it is decided anew, and keeps that node. */
    public void decideAnew(Nomination nomination, Instant now) {
        assumed.remove(nomination.pod().uid());
        space.keep(nomination);
        queue.add(nomination.pod(), now);
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
        queue.remove(uid);
        nominations.remove(uid);
    }

    /**
     * The pod fits nowhere for now.
     *
     * @param rules the names of those that rejected nodes
     */
    public void unschedulable(Attempt attempt, SortedSet<String> rules, Instant now) {
        queue.addUnschedulable(attempt, rules, now);
    }

    /** What was prepared for the pod has failed: it is tried anew. */
    public void fail(PodInfo pod, String message, Instant now) {
        release(pod.uid(), now);
        queue.retry(pod, now);
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
        PodInfo newest = queue.find(uid).orElse(pod.get());
        release(uid, now);
        if (isCurrent(newest)) {
            queue.retry(newest, now);
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
            PodInfo newest = queue.find(uid).orElse(pod.get());
            devices.leave(uid);
            release(uid, now);
            addIfCurrent(newest, now);
        }
    }

    /** The pod takes no space and waits for none. Whether victims leave for it, the feed shows. */
    private void release(Uid uid, Instant now) {
        queue.remove(uid);
        assumed.remove(uid);
        preparations.remove(uid);
        nominations
                .remove(uid)
                .filter(Nomination::isUnderway)
                .ifPresent(each -> space.restore(each.victims()));
        giveBack(uid, now);
    }

    /** Takes the pod off its node, and wakes the pods that waited for that. */
    private void giveBack(Uid uid, Instant now) {
        Optional<PlacedPod> before = snapshot.pod(uid);
        snapshot.remove(uid);
        if (before.isPresent()) {
            wakeNominated(before.get().node(), now);
            hints.left(before.get(), now);
        }
    }

    /** Wakes those of the pods nominated to this node that fit it now. */
    private void wakeNominated(String name, Instant now) {
        Optional<NodeView> node = snapshot.node(name);
        if (node.isEmpty()) {
            return;
        }
        for (Nomination each : nominations.on(name)) {
            if (placer.fitsAgain(each.pod(), node.get())) {
                queue.wakeAtOnce(each.pod().uid(), now);
            }
        }
    }

    /** A reservation gives way: its pod is tried again at once. */
    public void takeBack(Nomination reservation, Instant now) {
        drop(reservation, now);
        queue.wakeAtOnce(reservation.pod().uid(), now);
    }

    /** A nomination holds no more: its pod waits without it. */
    private void withdraw(Nomination nomination, Instant now) {
        drop(nomination, now);
        addIfCurrent(nomination.pod(), now);
        queue.wakeAtOnce(nomination.pod().uid(), now);
    }

    /** The victims of the nomination stay. */
    private void drop(Nomination dropped, Instant now) {
        nominations.remove(dropped.pod().uid());
        space.restore(dropped.victims());
        giveBack(dropped.pod().uid(), now);
    }

    /** To be tried anew. What the queue knows of a pod is newer than what was kept aside. */
    private void addIfCurrent(PodInfo pod, Instant now) {
        if (isCurrent(pod) && queue.find(pod.uid()).isEmpty()) {
            queue.add(pod, now);
        }
    }

    private boolean isCurrent(PodInfo pod) {
        return pod.uid().equals(uids.get(pod.key()));
    }

    /**
     * None of our bindings in flight is sure any more, as another replica leads: their pods are
     * tried again when we do.
     */
    public void abandon(Instant now) {
        for (Assumed each : assumed.removeAll()) {
            preparations.remove(each.pod().uid());
            giveBack(each.pod().uid(), now);
            addIfCurrent(each.pod(), now);
        }
        nominations.all().forEach(each -> withdraw(each, now));
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
                gangs.of(before.waiting().getFirst()).map(Standing::placed).orElse(List.of());
        return messages.again(before.binding().onlyOn(before.waiting(), settled));
    }

    public boolean hasActive() {
        return queue.hasActive();
    }

    public SchedulingQueue.Sizes waitingFor() {
        return queue.sizes();
    }

    public Map<SchedulingQueue.Rejection, Integer> rejections() {
        return queue.rejections(placer::profileOf);
    }

    public int waiting() {
        return queue.size();
    }

    /** When there is something to do although nothing happens. */
    public Optional<Instant> nextDue() {
        return Stream.of(queue.nextDue(), assumed.nextDue(), nominations.nextDue())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Tries again some pods that have long been unschedulable, and whose gang has changed. */
    public void sweep(Instant nodesChanged, Instant now) {
        for (Standing gang : gangs.takeChanged()) {
            gang.waiting().stream().limit(1).forEach(uid -> queue.wakeAtOnce(uid, now));
        }
        queue.sweep(nodesChanged, now);
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
