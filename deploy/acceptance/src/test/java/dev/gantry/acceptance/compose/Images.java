package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Everything that the tests start from: ours, built once for all of them, and others', pulled where
 * they can be and made where not. The engine knows by what goes into a layer whether it has it.
 */
record Images(List<String> built) {
    private static final String BASE = "debian:13-slim";
    private static final Path CLONE = Path.of("").toAbsolutePath().resolve("../..").normalize();
    private static final Path STAND_INS = Path.of("src/test/compose").toAbsolutePath();

    /** Marks what was made here in the place of a registry's. */
    private static final String STAND_IN = "dev.gantry.stand-in";

    /**
     * Arguments: the image ($0), an empty folder, the label, what is done to the tree. In memory,
     * where dpkg need not wait.
     */
    private static final String DEBIAN =
            """
            echo "No registry is near: mmdebstrap makes $0"
            mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1)
            mount -t tmpfs -o mode=1777 debian "$1"
            trap 'umount "$1"' EXIT
            TMPDIR="$1" mmdebstrap --variant=minbase --include=ca-certificates --dpkgopt=force-unsafe-io --customize-hook="$3" \
              trixie "$1/base.tar" "${mirror:-http://deb.debian.org/debian}"
            docker import --change "LABEL $2=yes" "$1/base.tar" "$0"
            """;

    /**
     * Gives a tree ($1) the settings that Debian's image has for dpkg, and this machine's ways to
     * the archive: settings and certificates.
     */
    private static final String FINISHED =
            """
            set -e
            cp -a /etc/apt/apt.conf.d/. "$1/etc/apt/apt.conf.d/"
            if [ -d /usr/local/share/ca-certificates ]; then
              cp -a /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates/"
              chroot "$1" update-ca-certificates
            fi
            echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
            for each in doc man info locale; do echo "path-exclude /usr/share/$each/*"; done >"$1/etc/dpkg/dpkg.cfg.d/docker"
            """;

    static Images prepared() {
        long began = System.nanoTime();
        if (!isToBeHad(BASE) && find(BASE).code() != 0) {
            makeDebian();
        }
        // The engine builds what several need once, and makes others wait for it.
        atOnce(
                List.of(
                        () -> ours("services", "gantry:0.1.0"),
                        () -> ours("node", "gantry-node:0.1.0"),
                        () -> ours("cluster", "gantry-cluster:0.1.0")));
        // Based on ours, for the programs that are in them.
        atOnce(List.of(() -> others("postgres:18"), () -> others("apache/kafka:4.2.1")));
        System.out.printf("Images are there after %.1f s%n", (System.nanoTime() - began) / 1e9);
        return new Images(List.of("gantry:0.1.0", "gantry-node:0.1.0", "gantry-cluster:0.1.0"));
    }

    private static void ours(String target, String name) {
        Path file = CLONE.resolve("deploy/compose/Dockerfile");
        String jars = "--build-context=jars=" + CLONE.resolve("deploy/local/target/gantry");
        build(target, name, List.of(jars, "--file=" + file, CLONE.toString()));
    }

    private static void others(String name) {
        if (!isToBeHad(name)) {
            System.out.println("No registry is near: a stand-in takes the place of " + name);
            String target = name.replaceAll(":.*", "").replaceAll(".*/", "");
            build(target, name, List.of("--label=" + STAND_IN + "=yes", STAND_INS.toString()));
        }
    }

    private static void build(String target, String name, List<String> more) {
        List<String> command =
                new ArrayList<>(
                        List.of("build", "--network=host", "--target=" + target, "--tag=" + name));
        command.addAll(more);
        Docker.run(command);
    }

    private static boolean isToBeHad(String image) {
        Cluster.Result found = find(image);
        boolean isTheirs = found.code() == 0 && !found.out().contains(STAND_IN);
        return isTheirs || Docker.attempt(List.of("pull", "-q", image)).code() == 0;
    }

    /** Prints its labels where the engine has it. */
    private static Cluster.Result find(String image) {
        return Docker.attempt(
                List.of("image", "inspect", "--format={{json .Config.Labels}}", image));
    }

    private static void atOnce(List<Runnable> steps) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> begun = new ArrayList<>();
            steps.forEach(each -> begun.add(threads.submit(each)));
            for (Future<?> each : begun) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images were made", hurried);
        }
    }

    private static void makeDebian() {
        try {
            Path root = Files.createTempDirectory("debian");
            Cluster.Result made =
                    Cluster.run(
                            List.of(
                                    "sh",
                                    "-e",
                                    "-c",
                                    DEBIAN,
                                    BASE,
                                    root.toString(),
                                    STAND_IN,
                                    FINISHED),
                            "",
                            Duration.ofMinutes(10));
            Files.delete(root);
            assertThat(made.code()).as(made.text()).isZero();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
