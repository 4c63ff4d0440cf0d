package dev.gantry.local.cli;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.component.Java;
import dev.gantry.local.component.NodeCleanup;
import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a throw-away cluster under load once, so that every JVM writes an AOT cache: classes loaded
 * and linked, and profiles of what is hot. Starts take a third of the time afterwards, and the
 * first requests find compiled code.
 */
@Command(name = "train", hidden = true, description = "Makes the AOT caches (internal).")
final class Train implements Callable<Integer> {
    private static final int SLOT = 97;

    @Option(names = "--distribution", required = true)
    private @Nullable Path distribution;

    @Option(
            names = "--nodes",
            description = "0 for a machine that may not run containers, such as one in a build.")
    private int nodes = 1;

    @Option(names = "--no-install", description = "Never install anything.")
    private boolean noInstall;

    @Override
    public Integer call() throws Exception {
        Path jars = Objects.requireNonNull(distribution).toAbsolutePath();
        Path caches = jars.resolve("aot");
        var instance = new Instance(jars.resolve("training"), jars, SLOT, nodes);
        Java.train();
        var cluster = new LocalCluster(instance);
        cluster.requireRoom();
        NodeCleanup.deleteTree(caches);
        Files.createDirectories(caches);
        var steps = new Steps();
        steps.begin(
                "Training the JVMs' caches (once after each build), on a cluster for that alone");
        var ending = new Ending(cluster);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> breakOff(ending, caches)));
        try {
            try (SlotLock _ = SlotLock.of(instance)) {
                cluster.requireRoom();
                cluster.begin(!noInstall);
            }
            cluster.awaitReady(Duration.ofSeconds(NodeWait.PATIENCE_SECONDS));
            var load = new TrainingLoad(ClusterApi.fromKubeconfig(instance.kubeconfig()), steps);
            load.run();
            if (nodes > 0) {
                load.awaitPods();
            }
        } finally {
            steps.begin("Each JVM ends and writes its cache");
            ending.end();
        }
        List<String> made;
        try (var files = Files.list(caches)) {
            made = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        steps.begin("Trained: " + String.join(", ", made));
        cluster.purge();
        return made.contains("control-plane.aot") ? 0 : 1;
    }

    /** Interrupted: no cluster goes on in the background, and half-trained caches are none. */
    private static void breakOff(Ending ending, Path caches) {
        try {
            if (ending.end()) {
                NodeCleanup.deleteTree(caches);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The cluster goes down once, and who comes second waits for that. */
    private static final class Ending {
        private final LocalCluster cluster;
        private boolean isDown;

        Ending(LocalCluster cluster) {
            this.cluster = cluster;
        }

        /** Returns whether it was this call that took it down. */
        synchronized boolean end() throws IOException, InterruptedException {
            if (isDown) {
                return false;
            }
            cluster.down();
            isDown = true;
            return true;
        }
    }
}
