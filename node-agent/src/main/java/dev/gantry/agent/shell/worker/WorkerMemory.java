package dev.gantry.agent.shell.worker;

import dev.gantry.agent.pod.CrashBackoff;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodMemory;
import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.StartProblem;
import dev.gantry.agent.pod.Wait;
import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.client.queue.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@link PodMemory} while it changes: written by a worker's step and by what it set going. */
final class WorkerMemory {
    private final Instant startedAt;
    private @Nullable Instant stopSince;
    private @Nullable PodFailure failure;
    private Stage sandbox = new Stage.Absent();
    private Stage volumes = new Stage.Absent();
    private PodResize resize;
    private final SortedMap<String, StartCancellation> starting = new TreeMap<>();
    private final SortedMap<String, Instant> stopping = new TreeMap<>();
    private final Map<String, FailedStop> failedStops = new HashMap<>();
    private final SortedSet<String> restarting = new TreeSet<>();
    private final SortedMap<String, CrashBackoff> crashes = new TreeMap<>();
    private final SortedMap<String, StartProblem> problems = new TreeMap<>();
    private Duration pulling = Duration.ZERO;

    /**
     * A container that the runtime did not stop.
     *
     * @param deadline by which it should have ended
     */
    private record FailedStop(Instant deadline, int failures, Instant retryAt) {}

    /**
     * @param resize where an earlier agent left it
     */
    WorkerMemory(Instant startedAt, PodResize resize) {
        this.startedAt = startedAt;
        this.resize = resize;
    }

    synchronized PodMemory snapshot(SortedMap<String, ProbeVerdict> probes) {
        return new PodMemory(
                startedAt,
                Optional.ofNullable(stopSince),
                Optional.ofNullable(failure),
                sandbox,
                volumes,
                resize,
                new PodMemory.Containers(
                        new TreeSet<>(starting.keySet()),
                        new TreeMap<>(stopping),
                        new TreeSet<>(restarting),
                        new TreeMap<>(crashes),
                        new TreeMap<>(problems),
                        probes));
    }

    synchronized void pulled(Duration took) {
        pulling = pulling.plus(took);
    }

    /** For how long images of the pod were pulled, all in all. */
    synchronized Duration pulling() {
        return pulling;
    }

    /** The first one counts; returns it. */
    synchronized Instant stopRequested(Instant when) {
        Instant first = stopSince == null ? when : stopSince;
        stopSince = first;
        return first;
    }

    /** The first one counts. Returns whether this was it. */
    synchronized boolean fail(PodFailure why) {
        if (failure != null) {
            return false;
        }
        failure = why;
        return true;
    }

    synchronized void sandboxIs(Stage stage) {
        sandbox = stage;
    }

    synchronized void volumesAre(Stage stage) {
        volumes = stage;
    }

    /** Only once the volumes are gone, and once. Returns whether this was it. */
    synchronized boolean collect() {
        if (!(volumes instanceof Stage.Gone)) {
            return false;
        }
        volumes = new Stage.Collected();
        return true;
    }

    /** Whether there are some to be brought up to date: not before they are made, nor after. */
    synchronized boolean hasVolumes() {
        return volumes instanceof Stage.Ready || volumes instanceof Stage.UnderWay;
    }

    /** Returns false where a start of this container is under way already. */
    synchronized boolean beginStart(String container, StartCancellation cancellation) {
        return starting.putIfAbsent(container, cancellation) == null;
    }

    /** A pull or a hook may take long: a pod that ends does not wait for it. */
    synchronized void hurryStarts() {
        starting.values().forEach(StartCancellation::cancel);
    }

    synchronized void endStart(String container) {
        starting.remove(container);
    }

    /**
     * Returns false where it is ending at least as soon already, or the runtime failed to end it a
     * moment ago.
     */
    synchronized boolean beginStop(String id, Instant deadline, Instant now) {
        Instant before = stopping.get(id);
        if (before != null && !deadline.isBefore(before)) {
            return false;
        }
        FailedStop failed = failedStops.get(id);
        boolean isTooEarly =
                failed != null
                        && !deadline.isBefore(failed.deadline())
                        && Wait.isOn(failed.retryAt(), now);
        if (isTooEarly) {
            return false;
        }
        stopping.put(id, deadline);
        return true;
    }

    synchronized void endStop(String id) {
        stopping.remove(id);
        failedStops.remove(id);
    }

    /** It is tried again after a while, or at once with an earlier deadline. */
    synchronized void stopFailed(String id, Instant deadline, Backoff backoff, Instant now) {
        FailedStop before = failedStops.get(id);
        int failures = before == null ? 1 : before.failures() + 1;
        failedStops.put(id, new FailedStop(deadline, failures, backoff.next(failures, now)));
        stopping.remove(id);
    }

    /** When the first container that the runtime did not stop is to be stopped again. */
    synchronized Optional<Instant> nextStop(Instant now) {
        return failedStops.values().stream()
                .map(FailedStop::retryAt)
                .filter(each -> Wait.isOn(each, now))
                .min(Comparator.naturalOrder());
    }

    synchronized void restarts(String id) {
        restarting.add(id);
    }

    /** The runtime has the container no more. */
    synchronized void removed(String id) {
        restarting.remove(id);
        failedStops.remove(id);
    }

    synchronized PodResize resize() {
        return resize;
    }

    /** Returns where it stands then. */
    synchronized PodResize resize(UnaryOperator<PodResize> change) {
        resize = change.apply(resize);
        return resize;
    }

    synchronized void crashed(String container, Instant finishedAt, Instant now) {
        crashes.put(container, CrashBackoff.next(crashes.get(container), finishedAt, now));
    }

    synchronized @Nullable StartProblem problem(String container) {
        return problems.get(container);
    }

    synchronized void problemIs(String container, StartProblem problem) {
        problems.put(container, problem);
    }

    synchronized void problemSolved(String container) {
        problems.remove(container);
    }

    /** Something that a container waited for may be there now: try again at once. */
    synchronized void forgiveConfigProblems() {
        problems.values().removeIf(each -> !each.isPull());
        if (volumes instanceof Stage.Failed) {
            volumes = new Stage.Absent();
        }
    }
}
