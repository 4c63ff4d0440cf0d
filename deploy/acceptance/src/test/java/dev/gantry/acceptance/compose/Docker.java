package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A Docker Engine for the tests. One of our own leaves the machine's packet filter as it was. */
final class Docker implements AutoCloseable {
    /** Who holds it may start and end the engine. */
    static final String ENGINE = "docker";

    private static final Duration LONG = Duration.ofMinutes(15);

    private final @Nullable Process engine;
    private final List<Path> filters = new ArrayList<>();
    private final Path folder;

    private Docker(Path folder, boolean isOurs) throws IOException {
        this.folder = folder;
        if (!isOurs) {
            this.engine = null;
            return;
        }
        for (String family : List.of("iptables", "ip6tables")) {
            Path kept = folder.resolve(family);
            Files.writeString(kept, Cluster.run(List.of(family + "-save"), "", LONG).out());
            filters.add(kept);
        }
        // Where the engine turns forwarding on itself, it also drops what the machine forwards for
        // others, such as the cluster of the tests that run meanwhile.
        Cluster.run(List.of("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"), "", LONG);
        this.engine =
                new ProcessBuilder(
                                "dockerd",
                                "--data-root=" + folder.resolve("data"),
                                "--exec-root=" + folder.resolve("exec"),
                                "--pidfile=" + folder.resolve("docker.pid"))
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
    }

    /** Skips the test by name where no engine can run. */
    static Docker open(Path folder) throws IOException {
        if (isThere()) {
            return new Docker(folder, false);
        }
        var docker = new Docker(folder, true);
        Process started = docker.engine;
        try {
            Patience.await().until(() -> isThere() || started == null || !started.isAlive());
        } finally {
            if (!isThere()) {
                docker.close();
            }
        }
        Assumptions.assumeTrue(isThere(), "no Docker Engine can run here, see " + log());
        return docker;
    }

    /** Runs {@code docker ARGUMENTS} and fails the test where it fails; returns what it says. */
    static String run(List<String> arguments) {
        Cluster.Result result = attempt(arguments, "");
        assertThat(result.code())
                .as("docker %s: %s", String.join(" ", arguments), result.text())
                .isZero();
        return result.out();
    }

    static Cluster.Result attempt(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return Cluster.run(command, input, LONG);
    }

    static boolean hasImage(String name) {
        return attempt(List.of("image", "inspect", name), "").code() == 0;
    }

    @Override
    public void close() throws IOException {
        Process own = engine;
        if (own == null) {
            return;
        }
        own.destroy();
        Patience.await().until(() -> !own.isAlive());
        Cluster.run(List.of("ip", "link", "delete", "docker0"), "", LONG);
        for (Path each : filters) {
            Cluster.run(List.of(each.getFileName() + "-restore"), Files.readString(each), LONG);
        }
        Cluster.run(List.of("rm", "-rf", folder.resolve("data").toString()), "", LONG);
    }

    private static boolean isThere() {
        return attempt(List.of("info"), "").code() == 0;
    }

    private static Path log() {
        return Path.of("target", "dockerd.log");
    }
}
