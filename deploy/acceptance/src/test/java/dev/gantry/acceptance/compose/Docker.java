package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Docker Engine of the tests: one that runs already, or Debian's, started for all of them and
 * ended after the last. One of our own leaves the machine's packet filter as it was, and keeps its
 * layers for the next run in the build's folder.
 */
final class Docker implements AutoCloseable {
    /** Who holds it may start containers whose names are known beforehand. */
    static final String ENGINE = "docker";

    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Path LOG = Path.of("target", "dockerd.log");
    private static final Path LAYERS = Path.of("target", "docker").toAbsolutePath();

    private final Optional<OwnEngine> own;

    private Docker(Optional<OwnEngine> own) {
        this.own = own;
    }

    /** For tests that need an engine and the images: skips them by name where none can run. */
    static final class Ready implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            var shared = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
            shared.computeIfAbsent(Docker.class, _ -> open(), Docker.class);
            Assumptions.assumeTrue(isThere(), "no Docker Engine can run here, see " + LOG);
            shared.computeIfAbsent(Images.class, _ -> Images.prepared(), Images.class);
        }
    }

    /** Runs {@code docker ARGUMENTS} and fails the test where it fails; returns what it says. */
    static String run(List<String> arguments) {
        Cluster.Result result = attempt(arguments);
        assertThat(result.code())
                .as("docker %s: %s", String.join(" ", arguments), result.text())
                .isZero();
        return result.out();
    }

    static Cluster.Result attempt(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return Cluster.run(command, "", LONG);
    }

    @Override
    public void close() throws IOException {
        if (own.isPresent()) {
            own.get().end();
        }
    }

    private static Docker open() {
        if (isThere()) {
            return new Docker(Optional.empty());
        }
        try {
            OwnEngine engine = OwnEngine.start();
            Patience.await().until(() -> isThere() || !engine.process().isAlive());
            // Of a test that was ended in the middle.
            attempt(List.of("container", "prune", "--force"));
            return new Docker(Optional.of(engine));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isThere() {
        return attempt(List.of("info")).code() == 0;
    }

    /**
     * @param run its sockets, whose names must be short
     * @param before what there was before it
     */
    private record OwnEngine(Process process, Path run, PacketFilter before) {
        /**
         * All containers and builds together have the processor's time of this many threads. Cost:
         * in cgroups of version 1 they would have that of a single one, and wait for everything
         * else that the machine does: on a busy one builds and starts took ten times as long.
         */
        private static final String SHARE =
                "cd /sys/fs/cgroup/cpu && mkdir -p docker && echo $((16 * 1024)) >docker/cpu.shares";

        static OwnEngine start() throws IOException {
            PacketFilter before = PacketFilter.now();
            // Where the engine turns forwarding on itself, it also drops what the machine forwards
            // for others, such as the cluster of the tests that run meanwhile.
            sh("echo 1 >/proc/sys/net/ipv4/ip_forward");
            Path run = Files.createTempDirectory("docker");
            sh(SHARE);
            Process process =
                    new ProcessBuilder(
                                    "dockerd",
                                    "--data-root=" + LAYERS,
                                    "--exec-root=" + run,
                                    "--pidfile=" + run.resolve("docker.pid"))
                            .redirectErrorStream(true)
                            .redirectOutput(LOG.toFile())
                            .start();
            return new OwnEngine(process, run, before);
        }

        void end() throws IOException {
            // What was built from former sources; the newest layers stay.
            attempt(List.of("image", "prune", "--force"));
            attempt(List.of("builder", "prune", "--force", "--keep-storage=6gb"));
            process.destroy();
            Patience.await().until(() -> !process.isAlive());
            sh("ip link delete docker0");
            before.restore();
            // It mounts them onto themselves, and need not take that back.
            sh("umount " + LAYERS);
            sh("umount %1$s/netns/*; rm -rf --one-file-system %1$s".formatted(run));
        }

        private static void sh(String script) {
            Cluster.run(List.of("sh", "-c", script), "", LONG);
        }
    }
}
