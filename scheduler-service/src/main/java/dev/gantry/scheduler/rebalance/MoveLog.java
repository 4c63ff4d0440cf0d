package dev.gantry.scheduler.rebalance;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was tried within the last hour. One owner.
 *
 * <p>Deliberately kept in memory alone: whoever takes over waits for the settle time first, and
 * then the age of a workload's pods tells what was moved lately.
 */
public final class MoveLog {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Oldest first. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(Uid pod, String workload, String from, Instant at, boolean isEvicted) {}

    public void evicted(Move move, Instant now) {
        add(move, now, true);
    }

    /** The budget, or whoever else was asked, said no: the workload is left alone for a while. */
    public void refused(Move move, Instant now) {
        add(move, now, false);
    }

    private void add(Move move, Instant now, boolean isEvicted) {
        while (!entries.isEmpty() && entries.peekFirst().at.plus(KEPT).isBefore(now)) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(move.uid(), move.workload(), move.from(), now, isEvicted));
    }

    /** How many pods may be evicted now without there being too many within a minute. */
    int left(int perMinute, Instant now) {
        long recent =
                entries.stream()
                        .filter(each -> each.isEvicted && each.at.plus(MINUTE).isAfter(now))
                        .count();
        return (int) Math.max(0, perMinute - recent);
    }

    /** How many of those that were evicted are still on their nodes. */
    int underway(ClusterSnapshot snapshot) {
        return (int)
                entries.stream()
                        .filter(each -> each.isEvicted && snapshot.pod(each.pod).isPresent())
                        .count();
    }

    /** Whether anything was tried with this workload after {@code since}. */
    boolean hasTried(String workload, Instant since) {
        return entries.stream()
                .anyMatch(each -> each.workload.equals(workload) && each.at.isAfter(since));
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
                                        && !pod.pod().since().isBefore(toSecond(each.at)));
    }

    /** Creation times are told in whole seconds. */
    private static Instant toSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
