package dev.gantry.acceptance;

import dev.gantry.local.component.Containerd;
import dev.gantry.local.component.NodeCleanup;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.network.HostNetwork;
import dev.gantry.local.process.ProcessSpec;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A machine beside those of a cluster: a network namespace on the cluster's bridge, with a
 * containerd. That it becomes a node is up to the command that the cluster prints.
 */
final class JoinedMachine implements AutoCloseable {
    private static final Path SCRIPT =
            SourceFolder.currentModule().resolve("../../bin/gantry-agent").normalize();

    private final NodePlace place;
    private final Process containerd;
    private @Nullable Process agent;

    JoinedMachine(NodePlace place) throws IOException {
        this.place = place;
        new HostNetwork(place.instance()).prepare();
        var runtime = new Containerd(place);
        runtime.prepare();
        ProcessSpec spec = runtime.process();
        this.containerd = start(spec.command(), spec.logFile());
        TestNamespace.eventually(() -> spec.ready().probe().isReady());
    }

    /**
     * Runs what {@code token create} printed, and the agent after that.
     *
     * @param command the words after {@code join}
     * @param name of the node
     */
    void join(String command, String name) throws IOException {
        List<String> words = inside("join");
        words.addAll(List.of(command.strip().split(" ")));
        words.addAll(List.of("--node-name", name, "--root", root().toString(), "--"));
        words.addAll(settings());
        agent = start(words, log());
    }

    /** As {@link #join}, to its end, where it is not expected to come to an agent. */
    Cluster.Result tryToJoin(String command, String name) {
        List<String> words = inside("join");
        words.addAll(List.of(command.strip().split(" ")));
        words.addAll(List.of("--node-name", name, "--root", root().toString()));
        return Cluster.run(words);
    }

    /** The agent of a machine that has joined. */
    void run() throws IOException {
        List<String> words = inside("run");
        words.addAll(List.of("--root", root().toString(), "--"));
        words.addAll(settings());
        agent = start(words, log());
    }

    void stopAgent() {
        Process running = agent;
        if (running != null) {
            end(running);
        }
    }

    Path root() {
        return place.home().resolve("agent");
    }

    Path log() {
        return place.home().resolve("agent.log");
    }

    @Override
    public void close() throws IOException {
        stopAgent();
        end(containerd);
        new NodeCleanup(place).removeRemains();
        NodeCleanup.deleteTree(place.home());
        Cluster.run(List.of("ip", "netns", "delete", place.namespace()));
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit()
                .orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }

    private List<String> inside(String command) {
        return new ArrayList<>(
                List.of("nsenter", "--net=" + place.namespaceFile(), SCRIPT.toString(), command));
    }

    /** Where this machine has what is usually in the folders that the agent looks in by itself. */
    private List<String> settings() {
        return List.of(
                "--gantry.node.containerd-socket=" + place.containerdSocket(),
                "--gantry.node.cni-conf-dir=" + place.cniConfig(),
                "--gantry.node.cgroup-root=/" + place.namespace());
    }

    private static Process start(List<String> command, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }
}
