package dev.gantry.agent.pod;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.agent.resize.ResourceChange;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.ProcessUser;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.status.LostContainers;
import dev.gantry.agent.status.PodStatusTree;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A runtime and a worker's memory by hand: actions change it at once, and time is a number. */
final class PodWorld {
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final NodeFacts NODE =
            new NodeFacts("n", List.of("10.89.0.2"), List.of(), "c", new TreeMap<>());

    private final List<PodSandbox> sandboxes = new ArrayList<>();
    private final List<SeenContainer> containers = new ArrayList<>();
    private final SortedMap<String, Instant> stopping = new TreeMap<>();
    private final SortedSet<String> restarting = new TreeSet<>();
    private final SortedMap<String, CrashBackoff> crashes = new TreeMap<>();
    private final SortedMap<String, StartProblem> problems = new TreeMap<>();
    private final SortedMap<String, ProbeVerdict> probes = new TreeMap<>();
    private final SortedSet<String> starting = new TreeSet<>();
    private Resource pod;
    private LostContainers lost = new LostContainers();
    private ObjectNode reported = JsonMapper.shared().createObjectNode();
    private Optional<ProcessUser> user = Optional.empty();
    private PodResize resize = PodResize.NONE;
    private boolean isKnown = true;
    private boolean isRemoved;
    private Optional<String> networkProblem = Optional.empty();
    private Stage volumes = new Stage.Absent();
    private Optional<Instant> stopSince = Optional.empty();
    private Optional<PodFailure> failure = Optional.empty();
    private Instant now = START;
    private int made;
    private int stopCode = 143;

    PodWorld(String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata")
                .put("name", "web")
                .put("namespace", "default")
                .put("uid", "uid-1")
                .put("generation", 1);
        tree.set("spec", JsonMapper.shared().readTree(spec));
        this.pod = new Resource(tree);
    }

    static PodWorld of(String... containers) {
        var names = new ArrayList<String>();
        for (String each : containers) {
            names.add("{\"name\": \"" + each + "\", \"image\": \"i:1\"}");
        }
        return new PodWorld("{\"containers\": [" + String.join(",", names) + "]}");
    }

    PodView view() {
        return new PodView(
                new PodSpec(pod),
                isKnown,
                List.copyOf(sandboxes),
                lost.added(found(), new PodSpec(pod), reported),
                networkProblem,
                new PodMemory(
                        START,
                        stopSince,
                        failure,
                        new Stage.Absent(),
                        volumes,
                        resize,
                        new PodMemory.Containers(
                                new TreeSet<>(starting),
                                new TreeMap<>(stopping),
                                new TreeSet<>(restarting),
                                new TreeMap<>(crashes),
                                new TreeMap<>(problems),
                                new TreeMap<>(probes))));
    }

    private List<SeenContainer> found() {
        return containers.stream()
                .sorted(
                        Comparator.comparing((SeenContainer c) -> c.status().createdAt())
                                .reversed())
                .toList();
    }

    /** Tells the status, by which what is missed later is known. */
    ObjectNode report() {
        reported = new PodStatusTree(view(), NODE, reported, now).made();
        return reported;
    }

    /** One that knows no more than what was reported. */
    void agentBeginsAnew() {
        lost = new LostContainers();
        starting.clear();
        stopping.clear();
        restarting.clear();
        crashes.clear();
    }

    void startsAs(ProcessUser told) {
        user = Optional.of(told);
    }

    List<PodAction> plan() {
        return new PodPlanner().reconcile(view(), now).actions();
    }

    Optional<Instant> again() {
        return new PodPlanner().reconcile(view(), now).requeueAt();
    }

    /** Plans and performs until nothing more is wanted right now. Returns all that was done. */
    List<PodAction> settle() {
        List<PodAction> done = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            if (view().mustStop() && stopSince.isEmpty()) {
                stopSince = Optional.of(now);
            }
            List<PodAction> wanted =
                    plan().stream()
                            .filter(each -> !(each instanceof PodAction.CrashLoopBackOff))
                            .toList();
            if (wanted.isEmpty() || isRemoved) {
                return done;
            }
            wanted.forEach(this::perform);
            done.addAll(wanted);
            pass(1);
        }
        throw new AssertionError("does not settle: " + done.subList(done.size() - 5, done.size()));
    }

    void perform(PodAction action) {
        switch (action) {
            case PodAction.CreateSandbox create -> sandboxes.addFirst(sandbox(create.attempt()));
            case PodAction.PrepareVolumes _ -> volumes = new Stage.Ready();
            case PodAction.Start start -> start(start);
            case PodAction.Stop stop -> exit(stop.id(), stopCode, "Error");
            case PodAction.Restart restart -> {
                restarting.add(restart.stop().id());
                perform(restart.stop());
            }
            case PodAction.Resize change -> resize(change);
            case PodAction.FinishResize _ -> resize = resize.isDone();
            case PodAction.RemoveContainer remove -> containers.remove(remove.container());
            case PodAction.StopSandbox stop -> killSandbox(stop.id());
            case PodAction.RemoveSandbox remove ->
                    sandboxes.removeIf(each -> each.id().equals(remove.id()));
            case PodAction.ReleaseVolumes _ -> volumes = new Stage.Gone();
            case PodAction.FailPod why -> failure = Optional.of(why.why());
            case PodAction.CrashLoopBackOff _, PodAction.AwaitNetwork _ -> {}
            case PodAction.RemovePod _ -> isRemoved = true;
        }
    }

    void exitOf(String name, int code) {
        exit(view().newest(name).orElseThrow().id(), code, code == 0 ? "Completed" : "Error");
    }

    /** The disk is short: what is left of a pod that has ended may go. */
    void collect() {
        volumes = new Stage.Collected();
    }

    void killSandbox(String id) {
        sandboxes.replaceAll(each -> each.id().equals(id) ? sandbox(each, false) : each);
    }

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    void delete(int graceSeconds) {
        pod = pod.copy();
        pod.mutableMetadata()
                .put("deletionTimestamp", now.toString())
                .put("deletionGracePeriodSeconds", graceSeconds);
    }

    void forget() {
        isKnown = false;
    }

    void probe(String name, ProbeVerdict verdict) {
        probes.put(view().newest(name).orElseThrow().id(), verdict);
    }

    void problem(String name, StartProblem problem) {
        problems.put(name, problem);
    }

    void stoppingUntil(String name, Instant deadline) {
        stopping.put(view().newest(name).orElseThrow().id(), deadline);
    }

    void startingIs(String name) {
        starting.add(name);
    }

    void startingIsOver(String name) {
        starting.remove(name);
    }

    void changeImage(int index, String image) {
        pod = pod.copy();
        ((ObjectNode) pod.tree().path("spec").path("containers").get(index)).put("image", image);
    }

    void networkProblem(Optional<String> problem) {
        networkProblem = problem;
    }

    boolean isRemoved() {
        return isRemoved;
    }

    Instant now() {
        return now;
    }

    /** The spec, as allocated, changes; the runtime hears of it with a {@link PodAction.Resize}. */
    void allocate(int index, String resources) {
        allocate("containers", index, resources);
    }

    /**
     * @param list of the spec
     */
    void allocate(String list, int index, String resources) {
        pod = pod.copy();
        ((ObjectNode) pod.tree().path("spec").path(list).get(index))
                .set("resources", JsonMapper.shared().readTree(resources));
        resize = resize.begins(new PodResize.Actuation("", 2, now));
    }

    /** From now on containers that are stopped take it well. */
    void restartEndsWell() {
        stopCode = 0;
    }

    void resize(PodResize other) {
        resize = other;
    }

    private void resize(PodAction.Resize change) {
        for (ResourceChange each : change.changes()) {
            containers.replaceAll(
                    seen -> seen.id().equals(each.id()) ? holding(seen, each.wants()) : seen);
        }
        resize = resize.isWritten(resize.actuation(), new TreeMap<>());
    }

    private static SeenContainer holding(SeenContainer seen, LinuxResources resources) {
        ContainerStatus old = seen.status();
        return new SeenContainer(
                new ContainerStatus(
                        old.identity(),
                        old.state(),
                        old.times(),
                        old.exit(),
                        old.image(),
                        Optional.of(resources),
                        old.user(),
                        old.logPath(),
                        old.labels(),
                        old.annotations()),
                seen.sandboxId());
    }

    private void start(PodAction.Start start) {
        view().newest(start.container().name())
                .filter(last -> !view().isRestarted(last))
                .ifPresent(
                        last ->
                                crashes.put(
                                        start.container().name(),
                                        CrashBackoff.next(
                                                crashes.get(start.container().name()),
                                                last.status().finishedAt(),
                                                now)));
        String id = "c" + made++;
        Instant created = now.plusNanos(made);
        containers.add(
                new SeenContainer(
                        status(start.container(), id, start.attempt(), created),
                        sandboxes.getFirst().id()));
    }

    private ContainerStatus status(ContainerSpec spec, String id, int attempt, Instant created) {
        return new ContainerStatus(
                new ContainerStatus.Identity(id, spec.name(), attempt),
                ContainerState.RUNNING,
                new ContainerStatus.Times(created, created, Instant.EPOCH),
                ContainerStatus.Exit.NONE,
                new ImageUse(spec.image(), spec.image()),
                Optional.of(ResourceLimits.of(spec.resources(), 0)),
                user,
                "",
                new TreeMap<>(),
                new TreeMap<>(
                        Map.of(
                                RuntimeLabels.CONTAINER_HASH,
                                spec.hash(),
                                RuntimeLabels.RESTART_COUNT,
                                Integer.toString(attempt),
                                RuntimeLabels.MADE_WITH_CPU,
                                ResourceLimits.cpuWords(spec),
                                RuntimeLabels.MADE_WITH_MEMORY,
                                ResourceLimits.memoryWords(spec))));
    }

    private void exit(String id, int code, String reason) {
        stopping.remove(id);
        containers.replaceAll(
                each ->
                        each.id().equals(id) && each.isRunning()
                                ? ended(each, code, reason)
                                : each);
    }

    private SeenContainer ended(SeenContainer seen, int code, String reason) {
        return new SeenContainer(
                seen.status().ended(now, new ContainerStatus.Exit(code, reason, "")),
                seen.sandboxId());
    }

    private PodSandbox sandbox(int attempt) {
        return new PodSandbox(
                "s" + attempt,
                new SandboxName("web", "default", "uid-1", attempt),
                true,
                now,
                List.of("10.1.0.5"),
                "",
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static PodSandbox sandbox(PodSandbox old, boolean isReady) {
        return new PodSandbox(
                old.id(),
                old.name(),
                isReady,
                old.createdAt(),
                List.of(),
                old.handler(),
                old.labels(),
                old.annotations());
    }
}
