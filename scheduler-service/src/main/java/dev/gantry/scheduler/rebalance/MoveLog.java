package dev.gantry.scheduler.rebalance;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was tried within the last hour. One owner.
 *
 * <p>Deliberately kept in memory alone: a replica that takes over waits for the settle time first,
 * and for a minute, and then the age of a workload's pods tells what was moved lately.
 */
public final class MoveLog {
    /** Paces are told in moves per minute. */
    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofHours(1);

    private Instant leadingSince = Instant.EPOCH;
    private Optional<Moment> tookOver = Optional.empty();

    /** Oldest first. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    private static final class Entry {
        private final Uid pod;
        private final String workload;
        private final String from;
        private final Moment at;
        private final boolean isEvicted;
        private boolean isOver;

        Entry(Move move, Moment at, boolean isEvicted) {
            this.pod = move.uid();
            this.workload = move.workload();
            this.from = move.from();
            this.at = at;
            this.isEvicted = isEvicted;
        }

        private boolean isUnderway() {
            return isEvicted && !isOver;
        }
    }

    /** To be told with every look: since when we have led. Forgets what is old. */
    void led(Instant since, Moment now) {
        while (!entries.isEmpty() && !now.isWithin(KEPT, entries.peekFirst().at)) {
            entries.removeFirst();
        }
        if (!since.equals(leadingSince)) {
            leadingSince = since;
            tookOver = Optional.of(now);
        }
    }

    /** Whether another replica may have moved pods within the last minute; that is in no log. */
    boolean isNew(Moment now) {
        return tookOver.filter(since -> now.isWithin(MINUTE, since)).isPresent();
    }

    public void evicted(Move move, Moment now) {
        entries.addLast(new Entry(move, now, true));
    }

    /**
     * The eviction was refused, by a budget for example: the workload is left alone for a while.
     */
    public void refused(Move move, Moment now) {
        entries.addLast(new Entry(move, now, false));
    }

    /** How many pods may be evicted now without there being too many within a minute. */
    int left(int perMinute, Moment now) {
        long recent =
                entries.stream()
                        .filter(each -> each.isEvicted && now.isWithin(MINUTE, each.at))
                        .count();
        return (int) Math.max(0, perMinute - recent);
    }

    /**
     * How many moves have not come to their end: the pod is still there, or no pod has taken its
     * place. So where no successor comes, or none finds a node, it does not go on and on. Who was
     * scaled down meanwhile counts until it is forgotten; that is seldom, and harmless.
     */
    int underway(ClusterSnapshot snapshot, Moment now) {
        if (entries.stream().anyMatch(Entry::isUnderway)) {
            Map<String, Instant> youngest = youngest(snapshot);
            for (Entry each : entries) {
                each.isOver |= each.isEvicted && hasEnded(each, snapshot, youngest, now);
            }
        }
        return (int) entries.stream().filter(Entry::isUnderway).count();
    }

    private static boolean hasEnded(
            Entry entry, ClusterSnapshot snapshot, Map<String, Instant> youngest, Moment now) {
        Optional<PlacedPod> still = snapshot.pod(entry.pod);
        if (still.isPresent()) {
            // No answer came, and by now it is clear that it was not carried out.
            return !still.get().pod().isLeaving() && !now.isWithin(MINUTE, entry.at);
        }
        Instant next = youngest.getOrDefault(entry.workload, Instant.MIN);
        return !next.isBefore(toSecond(entry.at.wall()));
    }

    /** When the youngest pod that has a node was made, by workload. */
    private static Map<String, Instant> youngest(ClusterSnapshot snapshot) {
        Map<String, Instant> youngest = new HashMap<>();
        for (PlacedPod each : snapshot.pods()) {
            if (!each.pod().isLeaving()) {
                youngest.merge(
                        each.pod().owner(),
                        each.pod().since(),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return youngest;
    }

    /** Whether anything was tried with this workload within {@code time}. */
    boolean hasTried(String workload, Duration time, Moment now) {
        return entries.stream()
                .anyMatch(each -> each.workload.equals(workload) && now.isWithin(time, each.at));
    }

    /**
     * Whether the pod came to where a sibling had just been moved off: something is different from
     * what the plan knew, and to move it again would most likely end the same way.
     */
    boolean hasReturned(PlacedPod pod) {
        return entries.stream()
                .anyMatch(
                        each ->
                                each.isEvicted
                                        && each.workload.equals(pod.pod().owner())
                                        && each.from.equals(pod.node())
                                        && !pod.pod().since().isBefore(toSecond(each.at.wall())));
    }

    /** Creation times are told in whole seconds. */
    private static Instant toSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
