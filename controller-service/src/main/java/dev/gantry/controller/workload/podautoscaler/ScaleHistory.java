package dev.gantry.controller.workload.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was recommended for one target lately, and by how much it was scaled.
 *
 * @param decided when it was last decided on
 * @param size of the target at that time
 * @param selector of the target's pods, as its scale then said
 */
record ScaleHistory(
        Instant decided,
        int size,
        String selector,
        List<Sample> recommendations,
        List<Sample> ups,
        List<Sample> downs) {
    static final ScaleHistory NONE =
            new ScaleHistory(Instant.EPOCH, 0, "", List.of(), List.of(), List.of());

    /** Changes that no policy looks back to are forgotten. */
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(30);

    /** A number of replicas, or by how many they changed. */
    record Sample(Instant at, int replicas) {}

    ScaleHistory decided(int current, String selecting, Instant now) {
        return new ScaleHistory(now, current, selecting, recommendations, ups, downs);
    }

    ScaleHistory recommended(int replicas, Instant now, Duration kept) {
        return new ScaleHistory(
                decided, size, selector, added(recommendations, replicas, now, kept), ups, downs);
    }

    /** The change that was last decided on is done. */
    ScaleHistory scaled(int after) {
        List<Sample> up = after > size ? added(ups, after - size, decided, LONGEST_PERIOD) : ups;
        List<Sample> down =
                after < size ? added(downs, size - after, decided, LONGEST_PERIOD) : downs;
        return new ScaleHistory(decided, size, selector, recommendations, up, down);
    }

    /** The sum of changes within a period. */
    static int sum(List<Sample> changes, Duration period, Instant now) {
        return changes.stream()
                .filter(each -> each.at.isAfter(now.minus(period)))
                .mapToInt(Sample::replicas)
                .sum();
    }

    private static List<Sample> added(
            List<Sample> before, int replicas, Instant now, Duration kept) {
        List<Sample> after = new ArrayList<>(before);
        after.removeIf(each -> each.at.isBefore(now.minus(kept)));
        after.add(new Sample(now, replicas));
        return List.copyOf(after);
    }
}
