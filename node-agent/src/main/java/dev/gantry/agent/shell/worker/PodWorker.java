package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodLife;
import dev.gantry.agent.pod.PodMemory;
import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.pod.PodPlanner;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.resize.ResizeRequest;
import dev.gantry.agent.shell.volume.VolumeFault;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.status.LostContainers;
import dev.gantry.agent.status.PodStatusTree;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One pod of this node: what is wanted of it, what is known of it, and its steps. */
final class PodWorker implements AutoCloseable {
    private final NodeParts parts;
    private final Runnable wake;
    private final WorkerMemory memory;
    private final PodAllocation allocation;
    private final RuntimeObserver observer;
    private final ContainerProbing probes;
    private final Reporter reporter;
    private final PodOperations operations;
    private final WaitingEvents waiting;
    private final PodPlanner planner = new PodPlanner();
    private final LostContainers lost = new LostContainers();

    /** The pod had ended before this agent began: what was reported then stays. */
    private final boolean wasOver;

    /** When the pod came to this node, or the agent began. */
    private final Instant seenAt;

    private boolean hasStepped;

    private volatile PodLife life;
    private volatile boolean isRefused;
    private @Nullable Resource checkpointed;

    /**
     * @param sequence of all reports of the node
     * @param life present, or orphaned where the API has the pod no more
     */
    PodWorker(NodeParts parts, ReportSequence sequence, PodSpec pod, PodLife life, Runnable wake) {
        this.parts = parts;
        this.life = life;
        this.wake = wake;
        this.seenAt = parts.clock().instant();
        JsonNode stored = pod.pod().status();
        String phase = Resource.text(stored, "phase");
        this.wasOver = phase.equals("Failed") || phase.equals("Succeeded");
        Instant startedAt =
                Resource.instant(stored.path("startTime")).orElseGet(() -> parts.clock().instant());
        this.memory = new WorkerMemory(startedAt, PodResize.of(stored.path("conditions")));
        this.allocation = new PodAllocation(parts, memory, pod);
        this.observer = new RuntimeObserver(parts.runtime(), parts.storage().folders());
        this.probes = new ContainerProbing(parts, this::pod, wake);
        this.reporter = new Reporter(parts, sequence, stored);
        this.operations = new PodOperations(parts, memory, wake);
        this.waiting = new WaitingEvents(parts, memory);
    }

    /** As the API has it. */
    PodSpec pod() {
        return allocation.pod();
    }

    /** With the resources that it was given, which is how it is run. */
    PodSpec allocated() {
        return allocation.allocated();
    }

    /** The pod with the status as it is here. */
    Resource shown() {
        return withStatus(pod());
    }

    private Resource withStatus(PodSpec of) {
        Resource copy = of.pod().copy();
        if (reporter.last() instanceof ObjectNode status) {
            ObjectNode merged = Resource.child(copy.tree(), "status");
            status.properties().stream()
                    .filter(each -> !each.getKey().equals("conditions"))
                    .forEach(each -> merged.set(each.getKey(), each.getValue().deepCopy()));
            if (merged.path("conditions").isMissingNode()) {
                merged.set("conditions", status.path("conditions").deepCopy());
            }
        }
        return copy;
    }

    /** True once nothing is left here, and the API has the pod no more either. */
    boolean isFinished() {
        return life == PodLife.FINISHED;
    }

    /** Fails a pod that never ran, and holds nothing of the node. */
    void refuse(PodFailure why) {
        isRefused = true;
        failPod(why);
    }

    /** Whether it still counts against the node's resources. */
    boolean isActive() {
        if (isRefused) {
            return false;
        }
        String phase = phase();
        return life.isOnNode() && !phase.equals("Failed") && !phase.equals("Succeeded");
    }

    /**
     * The disk is short: of a pod that has ended only its status is kept. Returns whether that is
     * news, and there is something to remove then.
     */
    boolean collect() {
        boolean isNews = life.isOnNode() && !isActive() && memory.collect();
        if (isNews) {
            wake.run();
        }
        return isNews;
    }

    /** As it was last told. */
    String phase() {
        return Resource.text(reporter.last(), "phase");
    }

    /** How long the pod took to be as it is now. */
    PodWorkerMetrics.Start start(Instant now) {
        Duration work = memory.pulling();
        for (JsonNode each : reporter.last().path("initContainerStatuses")) {
            work = work.plus(runTime(each.path("state").path("terminated")));
        }
        Instant created = pod().pod().creationTime().orElse(seenAt);
        return new PodWorkerMetrics.Start(
                Duration.between(seenAt, now), Duration.between(created, now), work);
    }

    private static Duration runTime(JsonNode terminated) {
        Optional<Instant> began = Resource.instant(terminated.path("startedAt"));
        Optional<Instant> ended = Resource.instant(terminated.path("finishedAt"));
        return began.isPresent() && ended.isPresent()
                ? Duration.between(began.get(), ended.get())
                : Duration.ZERO;
    }

    /** What the next step is for, or the last one was. */
    PodWorkerMetrics.Operation operation() {
        if (isFinished()) {
            return PodWorkerMetrics.Operation.TERMINATED;
        }
        if (life != PodLife.PRESENT || pod().pod().isBeingDeleted()) {
            return PodWorkerMetrics.Operation.KILL;
        }
        return hasStepped ? PodWorkerMetrics.Operation.SYNC : PodWorkerMetrics.Operation.CREATE;
    }

    void become(PodSpec newer) {
        allocation.become(newer);
    }

    /** Whether it is to be judged: it asks for what it does not have, or has asked so far. */
    boolean asksForResize() {
        return allocation.isAskedToChange() && isActive() && !pod().pod().isBeingDeleted();
    }

    ResizeRequest resizeRequest() {
        return allocation.request();
    }

    /** Returns whether anything changed. */
    boolean resizeWaits(PodSpec asking, PodResize.Pending why) {
        return allocation.waits(asking, why);
    }

    /** Returns whether anything changed. */
    boolean allocate(PodSpec asking, Instant now) {
        if (allocation.give(asking, now)) {
            operations.refreshVolumes(allocated());
        }
        return true;
    }

    void removedFromApi() {
        goOn(PodLife::goneFromApi);
    }

    void failPod(PodFailure why) {
        if (memory.fail(why)) {
            parts.record(PodEvent.warning(pod(), why.reason(), why.message()));
        }
    }

    /** The API and the node may each lose the pod at any time. */
    private synchronized void goOn(UnaryOperator<PodLife> step) {
        life = step.apply(life);
    }

    /** Something it refers to may have changed. */
    void referenceChanged() {
        memory.forgiveConfigProblems();
        operations.refreshVolumes(allocated());
    }

    /** Returns when it wants to be looked at again without being woken. */
    Optional<Instant> step() {
        hasStepped = true;
        if (!life.isOnNode()) {
            reportGone();
            return Optional.empty();
        }
        Instant now = parts.clock().instant();
        PodMemory remembered = memory.snapshot(probes.verdicts());
        PodSpec current = allocated();
        keepCheckpoint(current);
        PodView view = look(current, remembered);
        if (view.mustStop()) {
            memory.hurryStarts();
            view = view.remembering(view.memory().stopSince(memory.stopRequested(now)));
        }
        if (view.restartsAll()) {
            memory.hurryStarts();
            // Invariant: it is told, and on disk, before the first of them is gone.
            report(view, now);
        }
        Plan<PodAction> plan = planner.reconcile(view, now);
        for (PodAction each : plan.actions()) {
            perform(each, view);
        }
        waiting.pullBackOffs(view, now);
        probes.keep(view, reporter.last(), operations.podIp(view));
        if (life.isOnNode()) {
            report(withNews(view), now);
        }
        return Stream.of(plan.requeueAt(), memory.nextStop(now))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    @Override
    public void close() {
        probes.close();
    }

    /**
     * The pod as it is run, with the status as it was last reported. Only a step writes it, so none
     * is written after the pod has vanished.
     *
     * <p>Invariant: what was allocated is on disk before a step acts on it, and before it is told.
     */
    private void keepCheckpoint(PodSpec running) {
        Resource current = withStatus(running);
        if (life == PodLife.PRESENT && !current.equals(checkpointed)) {
            Checkpoint.write(parts.storage().folders(), new PodSpec(current));
            checkpointed = current;
        }
    }

    /**
     * Invariant: what is remembered is older than what is seen. The other way round, something that
     * was just finished would be neither under way nor there, and be begun a second time.
     */
    private PodView look(PodSpec current, PodMemory remembered) {
        return new PodView(
                current,
                life.isInApi(),
                observer.sandboxes(current),
                lost.added(observer.containers(current), current, reporter.last()),
                parts.node().networkProblem().get(),
                remembered);
    }

    private PodView withNews(PodView view) {
        return view.remembering(memory.snapshot(probes.verdicts()));
    }

    private void perform(PodAction action, PodView view) {
        switch (action) {
            case PodAction.CreateSandbox create -> operations.createSandbox(view, create.attempt());
            case PodAction.PrepareVolumes _ -> operations.prepareVolumes(view.pod());
            case PodAction.Start start -> operations.start(view, start);
            case PodAction.Stop stop -> operations.stop(view, stop);
            case PodAction.Restart restart -> {
                memory.restarts(restart.stop().id());
                operations.stop(view, restart.stop());
            }
            case PodAction.Resize resize -> operations.resize(view.pod(), resize);
            case PodAction.FinishResize _ -> allocation.isActuated(view);
            case PodAction.AwaitNetwork await -> waiting.networkNotReady(view, await);
            case PodAction.CrashLoopBackOff wait -> waiting.crashLoopBackOff(view, wait);
            case PodAction.RemoveContainer remove ->
                    operations.removeContainer(view, remove.container());
            case PodAction.StopSandbox stop -> {
                parts.runtime().stopSandbox(stop.id());
                wake.run();
            }
            case PodAction.RemoveSandbox remove -> parts.runtime().removeSandbox(remove.id());
            case PodAction.ReleaseVolumes _ -> releaseVolumes(view);
            case PodAction.FailPod fail -> {
                failPod(fail.why());
                wake.run();
            }
            case PodAction.RemovePod _ -> removePod(view);
        }
    }

    private void releaseVolumes(PodView view) {
        try {
            parts.storage().volumes().release(view.pod());
            memory.volumesAre(new Stage.Gone());
        } catch (VolumeFault fault) {
            Instant retry = parts.clock().instant().plusSeconds(2);
            memory.volumesAre(new Stage.Failed(String.valueOf(fault.getMessage()), retry));
        }
        wake.run();
    }

    private void removePod(PodView view) {
        probes.close();
        operations.removeAll(view);
        goOn(PodLife::removedFromNode);
        reportGone();
    }

    /** Once is enough where the state service is well; each further look asks again. */
    private void reportGone() {
        if (life.isInApi() && pod().pod().isBeingDeleted()) {
            reporter.reportGone(pod());
        }
    }

    private void report(PodView view, Instant now) {
        boolean isTold = wasOver || view.memory().volumes() instanceof Stage.Collected;
        if (!view.isKnown() || isTold && !pod().pod().isBeingDeleted()) {
            return;
        }
        reporter.report(
                view.pod(),
                new PodStatusTree(view, parts.node().facts(), reporter.last(), now).made(),
                () -> keepCheckpoint(view.pod()));
    }
}
