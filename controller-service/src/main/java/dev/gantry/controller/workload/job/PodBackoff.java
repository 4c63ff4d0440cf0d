package dev.gantry.controller.workload.job;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait before a pod takes the place of one that failed: 10 s, doubled with each failure
 * in a row, ten minutes at most.
 *
 * <p>Read from the pods themselves, so that a restart does not forget it.
 */
final class PodBackoff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 20;

    private PodBackoff() {}

    /** Empty where no pod has failed since the last one that succeeded. */
    static Optional<Instant> next(List<Resource> pods, JobSpec spec, Instant now) {
        List<Resource> ended = new ArrayList<>();
        for (Resource pod : pods) {
            boolean isLost = JobPod.isTracked(pod) && JobPod.hasFailed(pod, spec);
            if (PodLife.isFinished(pod) || isLost) {
                ended.add(pod);
            }
        }
        ended.sort(Comparator.comparing((Resource pod) -> JobPod.endedAt(pod, now)));
        int failures = 0;
        for (Resource pod : ended.reversed()) {
            if (JobPod.hasSucceeded(pod)) {
                break;
            }
            failures++;
        }
        return failures == 0
                ? Optional.empty()
                : Optional.of(after(failures, JobPod.endedAt(ended.getLast(), now)));
    }

    /** For an index that has failed before. */
    static Instant nextOfIndex(Resource failed, Instant now) {
        int failures = JobPod.failuresBefore(failed) + JobPod.ignoredBefore(failed) + 1;
        return after(failures, JobPod.endedAt(failed, now));
    }

    private static Instant after(int failures, Instant last) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return last.plus(delay.compareTo(LONGEST) < 0 ? delay : LONGEST);
    }
}
