package dev.gantry.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * How to run one process of the cluster.
 *
 * @param order when it starts and ends, beside the others
 * @param ready tells whether the process does its work
 * @param stop how it is asked to end in good order
 */
public record ProcessSpec(
        String name,
        Order order,
        List<String> command,
        SortedMap<String, String> environment,
        Path logFile,
        Readiness ready,
        Stop stop) {
    /**
     * Cost: what could start at once but waits leaves a core idle; a service waits for those that
     * it needs by itself.
     *
     * @param start processes of a lower number are ready before those of a higher one start
     * @param end processes of a higher number are gone before those of a lower one are asked to end
     */
    public record Order(int start, int end) {
        /** Ends in the reverse order of starting. */
        public static Order of(int number) {
            return new Order(number, number);
        }
    }

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
