package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.PodResize.Actuation;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.pod.StartProblem;
import dev.gantry.agent.resize.ResizeSummary;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.shell.volume.FileTree;
import dev.gantry.agent.shell.volume.VolumeFault;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.queue.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker sets going for its pod, each on a virtual thread that wakes it at its end. */
final class PodOperations {
    private static final Logger LOG = LoggerFactory.getLogger(PodOperations.class);
    private static final Backoff PULL_BACKOFF =
            new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(300));
    private static final Backoff OTHER_BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final Backoff WHOLE_BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final NodeParts parts;
    private final WorkerMemory memory;
    private final Runnable wake;
    private final SandboxStarter sandboxes;
    private final ContainerStarter starter;
    private final ContainerStopper stopper;
    private final PodResizer resizer;

    private final AtomicInteger sandboxFailures = new AtomicInteger();
    private final AtomicInteger volumeFailures = new AtomicInteger();
    private final AtomicInteger resizeFailures = new AtomicInteger();

    PodOperations(NodeParts parts, WorkerMemory memory, Runnable wake) {
        this.parts = parts;
        this.memory = memory;
        this.wake = wake;
        this.sandboxes = new SandboxStarter(parts);
        this.starter = new ContainerStarter(parts, sandboxes, memory::pulled);
        this.stopper = new ContainerStopper(parts);
        this.resizer = new PodResizer(parts);
    }

    void createSandbox(PodView view, int attempt) {
        PodSpec pod = view.pod();
        memory.sandboxIs(new Stage.UnderWay());
        if (attempt > 0) {
            String message = "Pod sandbox changed, it will be killed and re-created.";
            parts.record(new PodEvent(pod, "", false, "SandboxChanged", message));
        }
        view.sandbox().ifPresent(old -> parts.runtime().stopSandbox(old.id()));
        begin(
                "sandbox",
                () -> {
                    try {
                        sandboxes.start(pod, attempt);
                        memory.sandboxIs(new Stage.Ready());
                        sandboxFailures.set(0);
                    } catch (StartFailure failure) {
                        sandboxFailed(pod, failure);
                    }
                },
                unforeseen ->
                        sandboxFailed(
                                pod,
                                new StartFailure(SandboxStarter.FAILED, unforeseen.toString())));
    }

    private void sandboxFailed(PodSpec pod, StartFailure failure) {
        String message = "Failed to create pod sandbox: " + failure.words();
        Instant now = parts.clock().instant();
        parts.record(PodEvent.warning(pod, failure.reason(), message));
        Instant retry = WHOLE_BACKOFF.next(sandboxFailures.incrementAndGet(), now);
        memory.sandboxIs(new Stage.Failed(message, retry));
    }

    void prepareVolumes(PodSpec pod) {
        memory.volumesAre(new Stage.UnderWay());
        begin(
                "volumes",
                () -> {
                    try {
                        parts.storage().volumes().prepare(pod, parts.node().facts());
                        memory.volumesAre(new Stage.Ready());
                        volumeFailures.set(0);
                    } catch (VolumeFault fault) {
                        volumesFailed(pod, fault);
                    }
                },
                unforeseen ->
                        volumesFailed(pod, new VolumeFault(unforeseen.toString(), unforeseen)));
    }

    private void volumesFailed(PodSpec pod, VolumeFault fault) {
        String message = String.valueOf(fault.getMessage());
        parts.record(PodEvent.warning(pod, fault.reason(), message));
        Instant now = parts.clock().instant();
        Instant retry = WHOLE_BACKOFF.next(volumeFailures.incrementAndGet(), now);
        memory.volumesAre(new Stage.Failed(message, retry));
    }

    /** What fails now is tried again with the next change or the next round. */
    void refreshVolumes(PodSpec pod) {
        if (!memory.hasVolumes()) {
            return;
        }
        begin(
                "refresh",
                () -> {
                    try {
                        parts.storage().volumes().refresh(pod, parts.node().facts());
                    } catch (VolumeFault fault) {
                        LOG.info("{}: {}", pod.name(), fault.getMessage());
                    }
                },
                _ -> {});
    }

    void start(PodView view, PodAction.Start wanted) {
        String name = wanted.container().name();
        Optional<PodSandbox> sandbox = view.readySandbox();
        if (sandbox.isEmpty()) {
            return;
        }
        var cancellation = new StartCancellation();
        if (!memory.beginStart(name, cancellation)) {
            return;
        }
        view.newest(name)
                .filter(SeenContainer::hasExited)
                .filter(ended -> !view.isRestarted(ended))
                .ifPresent(
                        ended ->
                                memory.crashed(
                                        name,
                                        ended.status().finishedAt(),
                                        parts.clock().instant()));
        begin(
                "start-" + name,
                () -> tryStart(view.pod(), sandbox.get(), wanted, cancellation),
                unforeseen -> {
                    var failure = new StartFailure("CreateContainerError", unforeseen.toString());
                    startFailed(view.pod(), wanted.container(), failure);
                });
    }

    private void tryStart(
            PodSpec pod,
            PodSandbox sandbox,
            PodAction.Start wanted,
            StartCancellation cancellation) {
        String name = wanted.container().name();
        try {
            starter.start(pod, sandbox, wanted, cancellation);
            memory.problemSolved(name);
        } catch (StartFailure failure) {
            if (!cancellation.isCancelled()) {
                startFailed(pod, wanted.container(), failure);
            }
        } catch (RuntimeFault fault) {
            var failure = new StartFailure("CreateContainerError", fault.said());
            startFailed(pod, wanted.container(), failure);
        } finally {
            memory.endStart(name);
        }
    }

    private void startFailed(PodSpec pod, ContainerSpec container, StartFailure failure) {
        StartProblem before = memory.problem(container.name());
        int failures =
                before != null && before.reason().equals(failure.reason())
                        ? before.failures() + 1
                        : 1;
        boolean isPull = failure.reason().equals(StartProblem.PULL_FAILED);
        Instant now = parts.clock().instant();
        Instant retry = (isPull ? PULL_BACKOFF : OTHER_BACKOFF).next(failures, now);
        memory.problemIs(
                container.name(),
                new StartProblem(failure.reason(), failure.words(), now, retry, failures));
        boolean isNamed =
                isPull
                        || failure.reason().equals("ErrImageNeverPull")
                        || failure.reason().equals(StartProblem.INVALID_NAME);
        String message = "Error: " + (isNamed ? failure.reason() : failure.words());
        parts.record(PodEvent.warning(pod, container, "Failed", message));
    }

    void stop(PodView view, PodAction.Stop wanted) {
        boolean isFirst = !view.memory().containers().stopping().containsKey(wanted.id());
        if (!memory.beginStop(wanted.id(), wanted.deadline(), parts.clock().instant())) {
            return;
        }
        List<String> ips = podIps(view);
        begin(
                "stop-" + wanted.container().name(),
                () -> {
                    try {
                        stopper.stop(view.pod(), wanted, ips, isFirst);
                        memory.endStop(wanted.id());
                    } catch (RuntimeFault fault) {
                        LOG.warn("{}: {}", view.pod().name(), fault.getMessage());
                        stopFailed(wanted);
                    }
                },
                _ -> stopFailed(wanted));
    }

    private void stopFailed(PodAction.Stop wanted) {
        memory.stopFailed(wanted.id(), wanted.deadline(), OTHER_BACKOFF, parts.clock().instant());
    }

    void resize(PodSpec pod, PodAction.Resize wanted) {
        Optional<Actuation> begun = memory.resize(PodResize::isUnderWay).actuation();
        begin(
                "resize",
                () -> {
                    Optional<String> problem = resizer.resize(pod, wanted.changes());
                    if (problem.isPresent()) {
                        resizeFailed(pod, begun, problem.get());
                        return;
                    }
                    SortedMap<String, LinuxResources> written = new TreeMap<>();
                    wanted.changes().forEach(each -> written.put(each.id(), each.wants()));
                    memory.resize(before -> before.isWritten(begun, written));
                    resizeFailures.set(0);
                },
                unforeseen -> resizeFailed(pod, begun, unforeseen.toString()));
    }

    private void resizeFailed(PodSpec pod, Optional<Actuation> begun, String why) {
        Instant now = parts.clock().instant();
        long generation = begun.map(Actuation::generation).orElse(pod.pod().generation());
        boolean isNews = begun.filter(each -> each.error().equals(why)).isEmpty();
        Instant since = isNews ? now : begun.map(Actuation::since).orElse(now);
        Instant retry = OTHER_BACKOFF.next(resizeFailures.incrementAndGet(), now);
        var failed = new Actuation(why, generation, since);
        memory.resize(
                before ->
                        before.actuation().equals(begun)
                                ? before.hasFailed(failed, new Stage.Failed(why, retry))
                                : before.isWritten(begun, new TreeMap<>()));
        if (isNews) {
            String message = ResizeSummary.of("Pod resize error", pod, generation, why);
            parts.record(PodEvent.warning(pod, "ResizeError", message));
        }
    }

    void removeContainer(PodView view, SeenContainer container) {
        parts.runtime().removeContainer(container.id());
        memory.removed(container.id());
        try {
            Files.deleteIfExists(Path.of(container.status().logPath()));
            Optional<ContainerSpec> spec = view.pod().container(container.name());
            if (spec.isPresent()) {
                Files.deleteIfExists(
                        parts.storage()
                                .folders()
                                .terminationLog(view.pod(), spec.get(), container.restartCount()));
            }
        } catch (IOException fault) {
            LOG.warn("log of {} stays: {}", container.id(), fault.getMessage());
        }
    }

    /** Everything of the pod on this node: containers, sandboxes, files, logs, cgroup. */
    void removeAll(PodView view) {
        view.sandboxes().forEach(each -> parts.runtime().removeSandbox(each.id()));
        view.containers().forEach(each -> parts.runtime().removeContainer(each.id()));
        try {
            FileTree.delete(parts.storage().folders().logs(view.pod()));
            Mounts.unmountAllBelow(parts.storage().folders().of(view.pod()));
            FileTree.delete(parts.storage().folders().of(view.pod()));
        } catch (IOException fault) {
            throw new VolumeFault(
                    "files of pod %s cannot be removed".formatted(view.pod().name()), fault);
        }
        PodCgroup.remove(parts.node().cgroupRoot(), view.pod());
    }

    String podIp(PodView view) {
        List<String> ips = podIps(view);
        return ips.isEmpty() ? "" : ips.getFirst();
    }

    private List<String> podIps(PodView view) {
        return parts.ips(view.pod(), view.readySandbox());
    }

    /**
     * Invariant: whatever happens, the operation is not under way afterwards; else the pod would
     * wait for it for ever.
     *
     * @param failed hears of what nobody foresaw
     */
    private void begin(String what, Runnable operation, Consumer<RuntimeException> failed) {
        Thread.ofVirtual().name(what).start(() -> perform(what, operation, failed));
    }

    private void perform(String what, Runnable operation, Consumer<RuntimeException> failed) {
        try {
            operation.run();
        } catch (RuntimeException fault) {
            LOG.error("{} failed", what, fault);
            failed.accept(fault);
        } catch (Error bug) {
            LOG.error("{} met a bug: halting", what, bug);
            Runtime.getRuntime().halt(70);
        }
        wake.run();
    }
}
