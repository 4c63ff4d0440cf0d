package dev.gantry.agent.pod;

import dev.gantry.agent.probe.ProbeVerdict;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What the worker knows of a pod and no runtime can tell.
 *
 * @param startedAt when the agent took the pod on
 * @param stopSince when it was first told to stop it
 */
public record PodMemory(
        Instant startedAt,
        Optional<Instant> stopSince,
        Optional<PodFailure> failure,
        Stage sandbox,
        Stage volumes,
        PodResize resize,
        Containers containers) {
    /**
     * @param starting names of containers whose start is under way
     * @param stopping ids of containers whose end is under way, and their deadlines
     * @param restarting ids of containers that were stopped to be started again
     * @param crashes by container name
     * @param problems by container name
     * @param probes by container id; a container without an entry has not been probed yet
     */
    public record Containers(
            SortedSet<String> starting,
            SortedMap<String, Instant> stopping,
            SortedSet<String> restarting,
            SortedMap<String, CrashBackoff> crashes,
            SortedMap<String, StartProblem> problems,
            SortedMap<String, ProbeVerdict> probes) {}

    public PodMemory stopSince(Instant when) {
        return new PodMemory(
                startedAt, Optional.of(when), failure, sandbox, volumes, resize, containers);
    }

    /** How far something that the pod as a whole needs has come. */
    public sealed interface Stage {
        record Absent() implements Stage {}

        record UnderWay() implements Stage {}

        record Ready() implements Stage {}

        record Failed(String message, Instant retryAt) implements Stage {}

        /** Taken away for good: the pod ends. */
        record Gone() implements Stage {}

        /** As gone, and what else the pod left on the disk shall follow. */
        record Collected() implements Stage {}
    }
}
