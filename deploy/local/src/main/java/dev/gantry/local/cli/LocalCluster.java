package dev.gantry.local.cli;

import dev.gantry.local.component.Agent;
import dev.gantry.local.component.ApiProbe;
import dev.gantry.local.component.Containerd;
import dev.gantry.local.component.ControlPlane;
import dev.gantry.local.component.Java;
import dev.gantry.local.component.Kafka;
import dev.gantry.local.component.NodeCgroup;
import dev.gantry.local.component.NodeCleanup;
import dev.gantry.local.component.Ports;
import dev.gantry.local.component.Postgres;
import dev.gantry.local.image.LocalImages;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.network.HostNetwork;
import dev.gantry.local.pki.ClusterKeys;
import dev.gantry.local.pki.SecretFile;
import dev.gantry.local.prerequisite.Prerequisites;
import dev.gantry.local.process.Command;
import dev.gantry.local.process.ProcessSpec;
import dev.gantry.local.process.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Starts, watches and stops the processes of one instance. */
final class LocalCluster {
    static final String SUPERVISOR = "supervisor";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String GOES_ON =
            "The cluster goes on starting: ./gantry status tells how it is, ./gantry down ends it.";

    /** All that ends does so one after another; JVMs that are trained write their caches then. */
    private static final Duration END_LIMIT = Duration.ofMinutes(Java.isTraining() ? 20 : 5);

    private final Instance instance;
    private final Postgres postgres;
    private final Kafka kafka;
    private final ControlPlane controlPlane;
    private final HostNetwork network;
    private final RunningClusters running = RunningClusters.ofThisMachine();
    private @Nullable Process started;

    LocalCluster(Instance instance) {
        this.instance = instance;
        this.postgres = new Postgres(instance);
        this.kafka = new Kafka(instance);
        this.controlPlane = new ControlPlane(instance);
        this.network = new HostNetwork(instance);
    }

    /**
     * What the supervisor runs. Those that are written first are also started first, by a moment.
     */
    List<ProcessSpec> specs() throws IOException {
        var api = new ApiProbe(instance);
        List<ProcessSpec> specs = new ArrayList<>();
        specs.add(postgres.process());
        specs.add(kafka.process());
        for (NodePlace node : instance.nodes()) {
            specs.add(new Containerd(node).process());
        }
        specs.add(controlPlane.process(api));
        for (NodePlace node : instance.nodes()) {
            specs.add(new Agent(node).process(api));
        }
        return specs;
    }

    /**
     * To be called before anything is changed for a start, with the slot locked until {@link
     * #begin} is over. Throws where a start would do harm.
     */
    void requireRoom() throws IOException {
        running.requireSlotOf(instance);
        running.requireFilesOf(instance);
    }

    /** Starts it, unless it runs. From then on everybody finds its supervisor in the slot. */
    void begin(boolean mayInstall)
            throws IOException, GeneralSecurityException, InterruptedException {
        requireRoot();
        if (instance.nodeCount() > 0) {
            Prerequisites.ensure(mayInstall);
        }
        if (supervisor() == 0) {
            DiskSpace.of(instance.home()).requireRoom();
            endOrphans();
            started = startPrepared();
        }
    }

    /**
     * Waits until all of it works, and tells how that goes.
     *
     * @param nodePatience with a node that says itself that it is not Ready
     */
    void awaitReady(Duration nodePatience) throws IOException, InterruptedException {
        var hint = new Thread(() -> System.out.println(GOES_ON));
        Runtime.getRuntime().addShutdownHook(hint);
        try {
            new StartProgress(instance, this, nodePatience).await();
        } catch (CannotStart hopeless) {
            // Else the next start would find the supervisor, with what it was given, still trying.
            down();
            throw hopeless;
        } catch (NoSuchFileException gone) {
            running.requireFilesOf(instance);
            throw gone;
        } finally {
            Runtime.getRuntime().removeShutdownHook(hint);
        }
    }

    /** Stops all processes, and removes what they left and the network between them. */
    void down() throws IOException, InterruptedException {
        requireRoot();
        try (SlotLock _ = SlotLock.of(instance)) {
            running.requireSlotOf(instance);
            end();
        }
        System.out.println(
                RunningClusters.missing(instance).isEmpty()
                        ? "The cluster is down; its data is in " + instance.home()
                        : "The cluster is down; there is no data of it in " + instance.home());
    }

    private void end() throws IOException, InterruptedException {
        long supervisor = supervisor();
        List<NodePlace> nodes = nodesThatExist();
        if (supervisor != 0 && RunningClusters.missing(instance).isEmpty()) {
            System.out.println("Removing the pods, stopping the processes");
            Command.run("kill", "-TERM", Long.toString(supervisor));
            awaitEnd(supervisor);
        } else if (supervisor != 0) {
            // There is nothing to be kept in good order, and without files none ends in time.
            System.out.println("Its files are gone: ending the processes by force");
            ProcessHandle.of(supervisor).ifPresent(ProcessHandle::destroyForcibly);
        }
        endOrphans();
        for (NodePlace node : nodes) {
            new NodeCleanup(node).removeRemains();
        }
        network.remove();
        NodeCleanup.deleteTree(instance.run());
    }

    void purge() throws IOException {
        NodeCleanup.deleteTree(instance.home());
        System.out.println("Removed " + instance.home());
    }

    /** As the supervisor wrote them down; empty while none runs. */
    List<ProcessState> processes() throws IOException {
        Path file = instance.run().resolve("state.json");
        long supervisor = supervisor();
        if (supervisor == 0 || !Files.exists(file)) {
            return List.of();
        }
        List<ProcessState> all = new ArrayList<>();
        all.add(
                new ProcessState(
                        SUPERVISOR,
                        supervisor,
                        "ready",
                        0,
                        "",
                        instance.logs().resolve("supervisor.log").toString()));
        all.addAll(List.of(JSON.readValue(Files.readAllBytes(file), ProcessState[].class)));
        return all;
    }

    /** Its process id, or zero. */
    long supervisor() throws IOException {
        Optional<RunningCluster> here = running.in(instance.slot());
        return here.isPresent() && here.get().isOf(instance.home()) ? here.get().supervisor() : 0;
    }

    /** Whether the supervisor that this has started is gone again. */
    boolean hasSupervisorEnded() {
        Process known = started;
        return known != null && !known.isAlive();
    }

    private void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        System.out.println("Preparing " + instance.home());
        Files.createDirectories(instance.run());
        ClusterKeys.prepare(instance);
        postgres.prepare();
        kafka.prepare();
        if (instance.nodeCount() > 0) {
            LocalImages.prepare(instance);
        }
        network.prepare();
        Ports.requireFree(instance);
        controlPlane.prepare(postgres, kafka);
        for (NodePlace node : instance.nodes()) {
            new Containerd(node).prepare();
            new Agent(node).prepare(kafka);
        }
    }

    /**
     * Processes of a supervisor that was killed go on without it; their last known ids tell them.
     */
    private void endOrphans() throws IOException, InterruptedException {
        Path file = instance.run().resolve("state.json");
        if (!Files.exists(file)) {
            return;
        }
        for (ProcessState each : JSON.readValue(Files.readAllBytes(file), ProcessState[].class)) {
            if (RunningClusters.isAlive(each)) {
                System.out.printf("Ending %s (pid %d)%n", each.name(), each.pid());
                endByForce(each);
            }
        }
        Files.delete(file);
    }

    private static void endByForce(ProcessState process) throws IOException, InterruptedException {
        Optional<ProcessHandle> found = ProcessHandle.of(process.pid());
        if (found.isPresent() && process.name().equals(Postgres.NAME)) {
            Postgres.quit(found.get());
        } else {
            found.ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Cost: the supervisor loads its classes while this process prepares what it will run. */
    private Process startPrepared()
            throws IOException, GeneralSecurityException, InterruptedException {
        Process supervisor = startSupervisor();
        try {
            prepare();
            Supervise.letGo(supervisor);
            awaitInSlot(supervisor);
            return supervisor;
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            supervisor.destroy();
            throw failed;
        }
    }

    /** Returns as well where it has ended already: whoever waits for the cluster tells why. */
    private void awaitInSlot(Process supervisor) throws IOException, InterruptedException {
        boolean hasEnded = false;
        while (supervisor() == 0 && !hasEnded) {
            hasEnded = supervisor.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private Process startSupervisor() throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(
                Java.command(
                        instance,
                        // Cost: with an AOT cache of its own it would take 27 MB more, and its
                        // start 0.3 s less.
                        "",
                        // Cost: 18 MB of objects live; a young generation as large as usual
                        // would hold as much again of what is dead.
                        List.of(
                                "-XX:+UseSerialGC",
                                "-Xms16m",
                                "-Xmx64m",
                                "-XX:MaxNewSize=4m",
                                Java.TIGHT_HEAP,
                                "-Xss256k",
                                "-XX:TieredStopAtLevel=1"),
                        LocalMain.class.getName(),
                        List.of(
                                "supervise",
                                "--home=" + instance.home(),
                                "--distribution=" + instance.distribution(),
                                "--slot=" + instance.slot(),
                                "--nodes=" + instance.nodeCount())));
        SecretFile.folder(instance.logs());
        Path log = instance.logs().resolve("supervisor.log");
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(Java.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    private List<NodePlace> nodesThatExist() throws IOException {
        List<NodePlace> found = new ArrayList<>();
        for (int number = 1; number <= Instance.MAX_NODES; number++) {
            NodePlace node = instance.node(number);
            if (Files.exists(node.home())
                    || Files.exists(node.namespaceFile())
                    || new NodeCgroup(node).exists()) {
                found.add(node);
            }
        }
        return found;
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        var handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            try {
                handle.get().onExit().get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException stuck) {
                handle.get().destroyForcibly();
            }
        }
    }

    private void requireRoot() throws IOException {
        if (instance.nodeCount() > 0 && !System.getProperty("user.name").equals("root")) {
            throw new IOException(
                    "run this as root: it makes network namespaces and runs containers");
        }
    }
}
