package dev.gantry.scheduler.queue;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The pods that wait for a node.
 *
 * <pre>
 *   add ──► active ──take──► (tried) ──placed──► gone
 *             ▲                 │ fits nowhere
 *             │                 ▼
 *             ├──back-off──── parked   (woken by what could help, or after five minutes)
 *             └──── waiting ◄───┘
 * </pre>
 */
public final class SchedulingQueue {
    /** Compat: kube-scheduler's podInitialBackoffSeconds and podMaxBackoffSeconds. */
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** Compat: podMaxInUnschedulablePodsDuration; a safety net for a missed wake-up. */
    private static final Duration LONGEST_PARKED = Duration.ofMinutes(5);

    private static final Comparator<Entry> ORDER =
            Comparator.comparingInt((Entry each) -> -each.pod.priority())
                    .thenComparing(each -> each.pod.since())
                    .thenComparing(each -> each.pod.key());

    private final TreeSet<Entry> active = new TreeSet<>(ORDER);
    private final TreeSet<Entry> waiting =
            new TreeSet<>(Comparator.comparing((Entry each) -> each.due).thenComparing(ORDER));
    private final Map<PodShape, Map<Uid, Entry>> parked = new LinkedHashMap<>();
    private final Map<Uid, Entry> parkedNeedy = new LinkedHashMap<>();
    private final Map<Uid, Entry> known = new HashMap<>();

    /** A new pod, or a new version of one: a parked one whose shape changed is tried again. */
    public void add(PodDemand pod, Instant now) {
        Entry before = known.get(pod.uid());
        if (before == null) {
            activate(new Entry(pod, 0, now, Place.ACTIVE));
            return;
        }
        boolean isTheSame =
                before.pod.shape().equals(pod.shape()) && before.pod.needs().equals(pod.needs());
        Entry next = new Entry(pod, before.attempts, before.due, before.place);
        leave(before);
        if (before.place == Place.PARKED && !isTheSame) {
            activate(next);
        } else {
            enter(next, before.place);
        }
    }

    public void remove(Uid uid) {
        Entry entry = known.get(uid);
        if (entry != null) {
            leave(entry);
        }
    }

    /** The next pod to try; it has left the queue. */
    public Optional<Attempt> take(Instant now) {
        while (!waiting.isEmpty() && !waiting.first().due.isAfter(now)) {
            Entry due = waiting.first();
            leave(due);
            activate(due);
        }
        if (active.isEmpty()) {
            return Optional.empty();
        }
        Entry first = active.first();
        leave(first);
        return Optional.of(new Attempt(first.pod, first.attempts));
    }

    /** It fits nowhere: it waits for something that could help it. */
    public void park(Attempt attempt, Instant now) {
        int attempts = attempt.before + 1;
        Instant due = BACKOFF.next(attempts, now);
        enter(new Entry(attempt.pod, attempts, due, Place.PARKED), Place.PARKED);
    }

    /** Its binding was refused: it is tried again after a back-off. */
    public void retry(PodDemand pod, Instant now) {
        Entry before = known.get(pod.uid());
        int attempts = before == null ? 1 : before.attempts + 1;
        remove(pod.uid());
        Instant due = BACKOFF.next(attempts, now);
        enter(new Entry(pod, attempts, due, Place.WAITING), Place.WAITING);
    }

    /** Wakes the parked pods whose shape something that happened could help. */
    public void wake(Predicate<PodShape> couldHelp, Instant now) {
        if (parked.isEmpty()) {
            return;
        }
        List<Entry> woken = new ArrayList<>();
        parked.forEach(
                (shape, pods) -> {
                    if (couldHelp.test(shape)) {
                        woken.addAll(pods.values());
                    }
                });
        wakeAll(woken, now);
    }

    /** Wakes the parked pods that need volumes or devices and that something could help. */
    public void wakeNeedy(Predicate<PodDemand> couldHelp, Instant now) {
        if (parkedNeedy.isEmpty()) {
            return;
        }
        List<Entry> woken =
                parkedNeedy.values().stream().filter(each -> couldHelp.test(each.pod)).toList();
        wakeAll(woken, now);
    }

    private void wakeAll(List<Entry> woken, Instant now) {
        for (Entry each : woken) {
            leave(each);
            if (each.due.isAfter(now)) {
                enter(each, Place.WAITING);
            } else {
                activate(each);
            }
        }
    }

    /** Tries again what has been parked for very long. To be called now and then. */
    public void wakeLongParked(Instant now) {
        List<Entry> woken = new ArrayList<>();
        for (Map<Uid, Entry> pods : parked.values()) {
            for (Entry each : pods.values()) {
                if (each.due.plus(LONGEST_PARKED).isBefore(now)) {
                    woken.add(each);
                }
            }
        }
        for (Entry each : woken) {
            leave(each);
            activate(each);
        }
    }

    public boolean hasActive() {
        return !active.isEmpty();
    }

    /** When the first pod ends its back-off. */
    public Optional<Instant> nextDue() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().due);
    }

    public int size() {
        return known.size();
    }

    private void activate(Entry entry) {
        enter(entry, Place.ACTIVE);
    }

    private void enter(Entry entry, Place place) {
        Entry next = new Entry(entry.pod, entry.attempts, entry.due, place);
        known.put(next.pod.uid(), next);
        switch (place) {
            case ACTIVE -> active.add(next);
            case WAITING -> waiting.add(next);
            case PARKED -> {
                parked.computeIfAbsent(next.pod.shape(), _ -> new LinkedHashMap<>())
                        .put(next.pod.uid(), next);
                if (!next.pod.needs().isNone()) {
                    parkedNeedy.put(next.pod.uid(), next);
                }
            }
        }
    }

    private void leave(Entry entry) {
        known.remove(entry.pod.uid());
        switch (entry.place) {
            case ACTIVE -> active.remove(entry);
            case WAITING -> waiting.remove(entry);
            case PARKED -> {
                parkedNeedy.remove(entry.pod.uid());
                Map<Uid, Entry> pods = parked.get(entry.pod.shape());
                if (pods != null && pods.remove(entry.pod.uid()) != null && pods.isEmpty()) {
                    parked.remove(entry.pod.shape());
                }
            }
        }
    }

    private enum Place {
        ACTIVE,
        WAITING,
        PARKED
    }

    /**
     * @param due when its back-off ends
     */
    private record Entry(PodDemand pod, int attempts, Instant due, Place place) {}

    /** A pod taken from the queue, and how often it was tried before. */
    public record Attempt(PodDemand pod, int before) {}
}
