package dev.gantry.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * How to run one process of the cluster.
 *
 * <p>Cost: all start at once. What could start but waits leaves a core idle, and each waits by
 * itself for those that it needs.
 *
 * @param end processes of a higher number are gone before those of a lower one are asked to end
 * @param ready tells whether the process does its work
 * @param stop how it is asked to end in good order
 */
public record ProcessSpec(
        String name,
        int end,
        List<String> command,
        SortedMap<String, String> environment,
        Path logFile,
        Readiness ready,
        Stop stop) {
    /**
     * @param renewal how often a process that was ready is asked again; zero means never: it is
     *     ready until it ends
     */
    public record Readiness(Probe probe, Duration renewal) {
        public static Readiness once(Probe probe) {
            return new Readiness(probe, Duration.ZERO);
        }
    }

    /**
     * @param signal what the process takes as "end in good order"
     * @param before what must be done while it still runs and all later processes are gone
     */
    public record Stop(String signal, Step before) {
        public static Stop by(String signal) {
            return new Stop(signal, () -> {});
        }
    }

    /** Part of an orderly end; a fault in it is told, and does not keep the process from ending. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /** Asked now and then, on a thread of its own; a fault counts as not ready. */
    @FunctionalInterface
    public interface Probe {
        boolean isReady() throws Exception;
    }
}
