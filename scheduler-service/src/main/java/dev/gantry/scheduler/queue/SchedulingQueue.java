package dev.gantry.scheduler.queue;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.queue.QueuedPod.Place;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The pods that wait for a node.
 *
 * <pre>
 *   add ──► active ──take──► (tried) ──placed──► gone
 *             ▲                 │ fits nowhere
 *             │                 ▼
 *             ├──── woken ──── unschedulable  (woken by what could help; the oldest by a sweep)
 *             └── backing off ◄──┘
 * </pre>
 */
public final class SchedulingQueue {
    /** Compat: kube-scheduler's defaults. */
    public static final Backoff USUAL_BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** A sweep tries at most so many of those that waited longest, however many are due. */
    private static final int SWEPT_AT_ONCE = 64;

    private static final Comparator<QueuedPod> ORDER =
            Comparator.comparingInt((QueuedPod each) -> -each.pod().priority())
                    .thenComparing(each -> each.pod().since())
                    .thenComparing(each -> each.pod().key());

    private final Backoff backoff;
    private final TreeSet<QueuedPod> active = new TreeSet<>(ORDER);
    private final TreeSet<QueuedPod> backingOff =
            new TreeSet<>(Comparator.comparing(QueuedPod::due).thenComparing(ORDER));
    private final UnschedulablePods unschedulable = new UnschedulablePods();
    private final Map<Uid, QueuedPod> known = new HashMap<>();

    /** How often in a row the binding of a pod was refused. */
    private final Map<Uid, Integer> refusals = new HashMap<>();

    /**
     * @param backoff how long a pod waits that fitted nowhere, or whose binding was refused
     */
    public SchedulingQueue(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * A new pod, or a new version of one: an unschedulable one whose signature changed is tried
     * again, after its back-off.
     */
    public void add(PodInfo pod, Instant now) {
        QueuedPod before = known.get(pod.uid());
        if (before == null) {
            activate(new QueuedPod(pod, 0, now, now, Place.ACTIVE), now);
            return;
        }
        QueuedPod next = before.as(pod);
        if (!before.isAt(Place.UNSCHEDULABLE)) {
            leave(before);
            enter(next);
        } else if (isTheSame(before.pod(), pod)) {
            unschedulable.replace(next);
            known.put(pod.uid(), next);
        } else {
            leave(before);
            enterActiveOrBackingOff(next, now);
        }
    }

    private static boolean isTheSame(PodInfo before, PodInfo now) {
        return before.signature().equals(now.signature())
                && before.labels().equals(now.labels())
                && before.needs().equals(now.needs());
    }

    public void remove(Uid uid) {
        QueuedPod entry = known.get(uid);
        if (entry != null) {
            leave(entry);
        }
    }

    /** The pod has its node, or is no more. */
    public void forget(Uid uid) {
        remove(uid);
        refusals.remove(uid);
    }

    /** The next pod to try; it has left the queue. */
    public Optional<Attempt> take(Instant now) {
        while (!backingOff.isEmpty() && !backingOff.first().due().isAfter(now)) {
            QueuedPod due = backingOff.first();
            leave(due);
            activate(due, now);
        }
        if (active.isEmpty()) {
            return Optional.empty();
        }
        return take(active.first().pod().uid());
    }

    /** This pod, wherever in the queue it is; it has left the queue. */
    public Optional<Attempt> take(Uid uid) {
        QueuedPod entry = known.get(uid);
        if (entry == null) {
            return Optional.empty();
        }
        leave(entry);
        return Optional.of(new Attempt(entry.pod(), entry.attempts(), entry.since()));
    }

    public Optional<PodInfo> find(Uid uid) {
        return Optional.ofNullable(known.get(uid)).map(QueuedPod::pod);
    }

    /**
     * It fits nowhere: it waits for something that could help it.
     *
     * @param rules the names of those that rejected nodes
     */
    public void addUnschedulable(Attempt attempt, SortedSet<String> rules, Instant now) {
        PodInfo pod = attempt.pod();
        refusals.remove(pod.uid());
        int attempts = attempt.before() + 1;
        Instant due = backoff.next(attempts, now);
        var entry = new QueuedPod(pod, attempts, due, now, Place.UNSCHEDULABLE);
        known.put(pod.uid(), entry);
        unschedulable.add(entry, rules, now);
    }

    /** Its binding was refused: it is tried again after a back-off. */
    public void retry(PodInfo pod, Instant now) {
        int attempts = refusals.merge(pod.uid(), 1, Integer::sum);
        remove(pod.uid());
        Instant due = backoff.next(attempts, now);
        enter(new QueuedPod(pod, attempts, due, now, Place.BACKING_OFF));
    }

    /** Wakes the groups of unschedulable pods that something that happened could help. */
    public void wake(Predicate<UnschedulableGroup> couldHelp, Instant now) {
        wakeAll(unschedulable.helped(couldHelp), now);
    }

    /** As {@link #wake}, among the pods that have rules about other pods. */
    public void wakeRelated(Predicate<UnschedulableGroup> couldHelp, Instant now) {
        wakeAll(unschedulable.relatedHelped(couldHelp), now);
    }

    /** Wakes the unschedulable pods that need volumes or devices and that something could help. */
    public void wakeNeedy(Predicate<PodInfo> couldHelp, Instant now) {
        wakeAll(unschedulable.needyHelped(couldHelp), now);
    }

    /** This pod can be placed now: without a back-off. */
    public void wakeAtOnce(Uid uid, Instant now) {
        QueuedPod entry = known.get(uid);
        if (entry != null && !entry.isAt(Place.ACTIVE)) {
            leave(entry);
            activate(entry, now);
        }
    }

    /**
     * Tries a few of the longest unschedulable again: those from before {@code changed}, whose
     * reasons may be out of date, and those that have been so for very long.
     */
    public void sweep(Instant changed, Instant now) {
        wakeAll(unschedulable.overdue(changed, SWEPT_AT_ONCE, now), now);
    }

    public boolean hasActive() {
        return !active.isEmpty();
    }

    /** When the first pod ends its back-off. */
    public Optional<Instant> nextDue() {
        return backingOff.isEmpty() ? Optional.empty() : Optional.of(backingOff.first().due());
    }

    public Sizes sizes() {
        return new Sizes(active.size(), backingOff.size(), unschedulable.size());
    }

    /**
     * How many of the unschedulable pods each rule rejected nodes for.
     *
     * @param profileOf by which profile a pod is placed
     */
    public Map<Rejection, Integer> rejections(Function<PodInfo, String> profileOf) {
        Map<Rejection, Integer> found = new LinkedHashMap<>();
        for (UnschedulableGroup group : unschedulable.groups()) {
            for (QueuedPod each : group.pods()) {
                String profile = profileOf.apply(each.pod());
                for (String rule : group.rules()) {
                    found.merge(new Rejection(rule, profile), 1, Integer::sum);
                }
            }
        }
        return found;
    }

    public int size() {
        return known.size();
    }

    /** The controllers whose pods wait, in order. */
    public SortedSet<String> owners() {
        SortedSet<String> owners = new TreeSet<>();
        known.values().forEach(each -> owners.add(each.pod().owner()));
        owners.remove("");
        return owners;
    }

    private void wakeAll(List<QueuedPod> woken, Instant now) {
        for (QueuedPod each : woken) {
            leave(each);
            enterActiveOrBackingOff(each, now);
        }
    }

    private void enterActiveOrBackingOff(QueuedPod entry, Instant now) {
        if (entry.due().isAfter(now)) {
            enter(entry.at(Place.BACKING_OFF));
        } else {
            activate(entry, now);
        }
    }

    private void activate(QueuedPod entry, Instant now) {
        enter(entry.activeSince(now));
    }

    /** As active, or as backing off. */
    private void enter(QueuedPod entry) {
        known.put(entry.pod().uid(), entry);
        (entry.isAt(Place.ACTIVE) ? active : backingOff).add(entry);
    }

    private void leave(QueuedPod entry) {
        known.remove(entry.pod().uid());
        switch (entry.place()) {
            case ACTIVE -> active.remove(entry);
            case BACKING_OFF -> backingOff.remove(entry);
            case UNSCHEDULABLE -> unschedulable.remove(entry);
        }
    }

    /** How many pods are to be tried, how many later, and how many only when something helps. */
    public record Sizes(int active, int backingOff, int unschedulable) {}

    /** A rule that rejected nodes for pods of a profile. */
    public record Rejection(String rule, String profile) {}

    /**
     * A pod taken from the queue.
     *
     * @param before how often it was tried before
     * @param since when it could first have been tried this time
     */
    public record Attempt(PodInfo pod, int before, Instant since) {}
}
