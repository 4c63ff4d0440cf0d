package dev.gantry.scheduler.cycle.prebind;

import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import java.util.ArrayList;
import java.util.List;

/**
 * How far others are with what one pod waits for.
 *
 * @param isTaken whether the feed has shown all that state was to write first
 * @param isReady whether the pod may be bound
 * @param problem upstream's words, if it will never be; else empty
 * @param lost claims whose devices are of no use
 */
record Progress(boolean isTaken, boolean isReady, String problem, List<DeviceClaim> lost) {
    static final Progress READY = new Progress(true, true, "", List.of());
    static final Progress WAITING = new Progress(true, false, "", List.of());
    static final Progress UNSEEN = new Progress(false, false, "", List.of());

    static Progress failed(String problem) {
        return new Progress(true, false, problem, List.of());
    }

    static Progress failed(String problem, DeviceClaim lost) {
        return new Progress(true, false, problem, List.of(lost));
    }

    /** The first problem counts, but whatever is lost is lost. */
    Progress and(Progress other) {
        List<DeviceClaim> all = new ArrayList<>(lost);
        all.addAll(other.lost);
        return new Progress(
                isTaken && other.isTaken,
                isReady && other.isReady,
                problem.isEmpty() ? other.problem : problem,
                List.copyOf(all));
    }
}
