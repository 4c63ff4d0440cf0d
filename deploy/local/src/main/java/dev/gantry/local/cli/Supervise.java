package dev.gantry.local.cli;

import dev.gantry.local.component.Java;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The process that keeps the others running; {@code up} starts it in the background. */
@Command(
        name = "supervise",
        hidden = true,
        description = "Runs the cluster's processes (internal).")
final class Supervise implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--nodes")
    private @Nullable Integer nodes;

    /** To be called once everything is prepared for the processes. */
    static void letGo(Process supervisor) throws IOException {
        try (var in = supervisor.getOutputStream()) {
            in.write('\n');
        }
    }

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(nodes);
        var supervisor =
                new Supervisor(
                        new LocalCluster(instance).specs(),
                        instance.run().resolve("state.json"),
                        stopLimit());
        if (System.in.read() < 0) {
            return 1; // Nothing is prepared: who wanted it has told why.
        }
        Files.createDirectories(instance.run());
        Path pid = instance.run().resolve("supervisor.pid");
        // Whoever reads it must never see half of it.
        Path draft = pid.resolveSibling("supervisor.pid.new");
        Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
        Files.move(draft, pid, StandardCopyOption.ATOMIC_MOVE);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    supervisor.end();
                                    awaitQuietly(ended);
                                }));
        try {
            supervisor.run();
        } finally {
            Files.deleteIfExists(pid);
            ended.countDown();
        }
        return 0;
    }

    /** A JVM in training writes its cache when it ends. */
    private static Duration stopLimit() {
        return Java.isTraining() ? Duration.ofMinutes(10) : Duration.ofSeconds(20);
    }

    private static void awaitQuietly(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
