package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.Gang;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.scheduler.cycle.state.Gangs.Standing;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The pods that wait for a node, in the queue and in their gangs. Knows of every pod which of its
 * name is the current one, so that one that has been replaced does not wait again.
 *
 * <p>Example: a pod of a gang is in the queue as any other; when the last pod that its gang needs
 * comes, all that wait are woken.
 */
public final class WaitingPods {
    private final SchedulingQueue queue;
    private final Gangs gangs = new Gangs();

    /** The uid of the pod that has this name now. */
    private final Map<ObjectKey, Uid> uids = new HashMap<>();

    WaitingPods(SchedulingQueue queue) {
        this.queue = queue;
    }

    /** The feed shows this pod. Returns the one that had its name before, and is no more. */
    Optional<Uid> seen(PodInfo pod) {
        return Optional.ofNullable(uids.put(pod.key(), pod.uid()))
                .filter(before -> !before.equals(pod.uid()));
    }

    /** Returns the pod that had this name. */
    Optional<Uid> gone(ObjectKey pod) {
        return Optional.ofNullable(uids.remove(pod));
    }

    /** It waits for nothing any more and is in no gang. */
    void forget(Uid uid) {
        gangs.remove(uid);
        queue.forget(uid);
    }

    /** The feed shows the pod on its node. */
    void bound(PodInfo pod, Gang gang, Instant now) {
        queue.forget(pod.uid());
        if (gang.isNone()) {
            gangs.remove(pod.uid());
        } else if (gangs.placed(gang, pod)) {
            wakeGang(pod.uid(), now);
        }
    }

    /** The feed shows the pod, which may or may not be in the queue, without a node. */
    void pending(Uid uid, Gang gang, Instant now) {
        if (gang.isNone()) {
            gangs.remove(uid);
        } else if (gangs.waits(gang, uid)) {
            wakeGang(uid, now);
        }
    }

    private void wakeGang(Uid uid, Instant now) {
        gangs.of(uid).ifPresent(standing -> wakeAtOnce(standing.waiting(), now));
    }

    private void wakeAtOnce(List<Uid> pods, Instant now) {
        pods.forEach(each -> queue.wakeAtOnce(each, now));
    }

    public void groupSeen(PodGroup group, Instant now) {
        wakeAtOnce(gangs.groupSeen(group), now);
    }

    /** Its pods that have no node wait until there is one of this name again. */
    public void groupGone(String namespace, String name) {
        gangs.groupGone(namespace, name);
    }

    void add(PodInfo pod, Instant now) {
        queue.add(pod, now);
    }

    /** To be tried anew. What the queue knows of a pod is newer than what was kept aside. */
    void addIfCurrent(PodInfo pod, Instant now) {
        if (isCurrent(pod) && queue.find(pod.uid()).isEmpty()) {
            queue.add(pod, now);
        }
    }

    /** It is tried anew after a back-off. */
    void retry(PodInfo pod, Instant now) {
        queue.retry(pod, now);
    }

    boolean isCurrent(PodInfo pod) {
        return pod.uid().equals(uids.get(pod.key()));
    }

    /** It leaves the queue; its gang still counts it. */
    void remove(Uid uid) {
        queue.remove(uid);
    }

    void wakeAtOnce(Uid uid, Instant now) {
        queue.wakeAtOnce(uid, now);
    }

    /** The gang of the pod; empty where it is on its own. */
    public Optional<Standing> gangOf(Uid uid) {
        return gangs.of(uid);
    }

    /** The next pod to try; it has left the queue. */
    public Optional<Attempt> take(Instant now) {
        return queue.take(now);
    }

    /** Takes this pod out of the queue; empty where it is not in there. */
    public Optional<Attempt> take(Uid uid) {
        return queue.take(uid);
    }

    /** The pod as it is in the queue. */
    public Optional<PodInfo> find(Uid uid) {
        return queue.find(uid);
    }

    /**
     * The pod fits nowhere for now.
     *
     * @param rules the names of those that rejected nodes
     */
    public void unschedulable(Attempt attempt, SortedSet<String> rules, Instant now) {
        queue.addUnschedulable(attempt, rules, now);
    }

    /**
     * Tries again some pods that have long been unschedulable, and those whose gang has changed: of
     * a gang one, but all where its PodGroup is not there, which each is told for itself.
     */
    public void sweep(Instant nodesChanged, Instant now) {
        for (Standing gang : gangs.takeChanged()) {
            List<Uid> waiting = gang.waiting();
            wakeAtOnce(gang.lacksPodGroup() ? waiting : waiting.stream().limit(1).toList(), now);
        }
        queue.sweep(nodesChanged, now);
    }

    public boolean hasActive() {
        return queue.hasActive();
    }

    public int size() {
        return queue.size();
    }

    /** How many wait for what. */
    public SchedulingQueue.Sizes sizes() {
        return queue.sizes();
    }

    /** How many of the unschedulable ones each rule rejected nodes for. */
    public Map<SchedulingQueue.Rejection, Integer> rejections(Function<PodInfo, String> profileOf) {
        return queue.rejections(profileOf);
    }
}
