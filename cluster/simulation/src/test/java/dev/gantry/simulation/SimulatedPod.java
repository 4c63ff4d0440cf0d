package dev.gantry.simulation;

import dev.gantry.agent.pod.CrashBackoff;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodMemory;
import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.pod.PodPlanner;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.status.PodStatusTree;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod on its node: the real planner and the real status over a runtime that does at once what it
 * is told, but for a start, which takes a moment.
 */
final class SimulatedPod {
    private static final Duration START = Duration.ofMillis(700);

    private final PodPlanner planner = new PodPlanner();
    private final NodeFacts node;
    private final Instant startedAt;
    private final List<PodSandbox> sandboxes = new ArrayList<>();
    private final List<SeenContainer> containers = new ArrayList<>();
    private final Map<String, PodAction.Start> starts = new TreeMap<>();
    private final Map<String, Instant> startsAt = new TreeMap<>();
    private final SortedMap<String, CrashBackoff> crashes = new TreeMap<>();
    private ObjectNode status = JsonNodeFactory.instance.objectNode();
    private Stage volumes = new Stage.Absent();
    private Optional<Instant> stopSince = Optional.empty();
    private Optional<PodFailure> failure = Optional.empty();
    private boolean isRemoved;
    private int made;
    private @Nullable Resource seen;
    private Instant nextLook = Instant.MIN;

    SimulatedPod(NodeFacts node, Instant now) {
        this.node = node;
        this.startedAt = now;
    }

    /** Whether nothing of it is left on the node. */
    boolean isRemoved() {
        return isRemoved;
    }

    ObjectNode status() {
        return status;
    }

    /**
     * One look at it, as the worker of the agent takes it: where there is news of it, after it did
     * something, and when the time that it named has come.
     */
    void step(Resource pod, Instant now) {
        boolean isStarted = startsAt.entrySet().removeIf(each -> isDue(each, now));
        if (isStarted || !pod.equals(seen) || !now.isBefore(nextLook)) {
            seen = pod;
            look(pod, now);
        }
    }

    private void look(Resource pod, Instant now) {
        PodView view = view(pod);
        if (view.mustStop() && stopSince.isEmpty()) {
            stopSince = Optional.of(now);
            view = view(pod);
        }
        Plan<PodAction> plan = planner.reconcile(view, now);
        for (PodAction each : plan.actions()) {
            perform(each, pod, now);
        }
        nextLook = plan.actions().isEmpty() ? plan.requeueAt().orElse(Instant.MAX) : now;
        if (!isRemoved) {
            status = new PodStatusTree(view(pod), node, status, now).made();
        }
    }

    private boolean isDue(Map.Entry<String, Instant> start, Instant now) {
        boolean isDue = !start.getValue().isAfter(now);
        if (isDue) {
            run(starts.remove(start.getKey()), now);
        }
        return isDue;
    }

    private PodView view(Resource pod) {
        return new PodView(
                new PodSpec(pod),
                true,
                List.copyOf(sandboxes),
                containers.reversed(),
                Optional.empty(),
                new PodMemory(
                        startedAt,
                        stopSince,
                        failure,
                        new Stage.Absent(),
                        volumes,
                        PodResize.NONE,
                        new PodMemory.Containers(
                                new TreeSet<>(starts.keySet()),
                                new TreeMap<>(),
                                new TreeSet<>(),
                                new TreeMap<>(crashes),
                                new TreeMap<>(),
                                new TreeMap<>())));
    }

    private void perform(PodAction action, Resource pod, Instant now) {
        switch (action) {
            case PodAction.CreateSandbox create ->
                    sandboxes.addFirst(sandbox(pod, create.attempt(), now));
            case PodAction.PrepareVolumes _ -> volumes = new Stage.Ready();
            case PodAction.Start start -> {
                starts.put(start.container().name(), start);
                startsAt.put(start.container().name(), now.plus(START));
            }
            case PodAction.Stop stop ->
                    containers.replaceAll(
                            each -> each.id().equals(stop.id()) ? ended(each, now) : each);
            case PodAction.Restart restart -> perform(restart.stop(), pod, now);
            case PodAction.Resize _, PodAction.FinishResize _ -> {}
            case PodAction.RemoveContainer remove -> containers.remove(remove.container());
            case PodAction.StopSandbox stop ->
                    sandboxes.replaceAll(
                            each -> each.id().equals(stop.id()) ? stopped(each) : each);
            case PodAction.RemoveSandbox remove ->
                    sandboxes.removeIf(each -> each.id().equals(remove.id()));
            case PodAction.ReleaseVolumes _ -> volumes = new Stage.Gone();
            case PodAction.FailPod fail -> failure = Optional.of(fail.why());
            case PodAction.CrashLoopBackOff _, PodAction.AwaitNetwork _ -> {}
            case PodAction.RemovePod _ -> isRemoved = true;
        }
    }

    private void run(PodAction.Start start, Instant now) {
        String name = start.container().name();
        String image = start.container().image();
        containers.add(
                new SeenContainer(
                        new ContainerStatus(
                                new ContainerStatus.Identity("c" + made++, name, start.attempt()),
                                ContainerState.RUNNING,
                                new ContainerStatus.Times(now, now, Instant.EPOCH),
                                ContainerStatus.Exit.NONE,
                                new ImageUse(image, image),
                                Optional.empty(),
                                Optional.empty(),
                                "",
                                new TreeMap<>(),
                                new TreeMap<>(
                                        Map.of(
                                                RuntimeLabels.CONTAINER_HASH,
                                                start.container().hash(),
                                                RuntimeLabels.RESTART_COUNT,
                                                Integer.toString(start.attempt())))),
                        sandboxes.getFirst().id()));
    }

    private static SeenContainer ended(SeenContainer seen, Instant now) {
        return new SeenContainer(
                seen.status().ended(now, new ContainerStatus.Exit(143, "Error", "")),
                seen.sandboxId());
    }

    private static PodSandbox sandbox(Resource pod, int attempt, Instant now) {
        return new PodSandbox(
                "s" + attempt,
                new SandboxName(pod.name(), pod.namespace(), pod.uid().value(), attempt),
                true,
                now,
                List.of("10.1.0.5"),
                "",
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static PodSandbox stopped(PodSandbox old) {
        return new PodSandbox(
                old.id(),
                old.name(),
                false,
                old.createdAt(),
                List.of(),
                old.handler(),
                old.labels(),
                old.annotations());
    }
}
