package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything that the compose file starts from, pulled where it can be and made where not. */
final class Images {
    private static final String BASE = "debian:13-slim";
    private static final Path CLONE = Path.of("").toAbsolutePath().resolve("../..").normalize();
    private static final Path STAND_INS = Path.of("src/test/compose").toAbsolutePath();

    private Images() {}

    /** The image of a whole cluster in one container. */
    static void prepareCluster(Path folder) throws IOException {
        prepareBase(folder);
        ours("cluster", "gantry-cluster:0.1.0");
    }

    /** What the compose file names. */
    static void prepare(Path folder) throws IOException {
        prepareBase(folder);
        ours("services", "gantry:0.1.0");
        ours("node", "gantry-node:0.1.0");
        for (String name : List.of("postgres:18", "apache/kafka:4.2.1")) {
            if (!isToBeHad(name)) {
                System.out.println("No registry is near: a stand-in takes the place of " + name);
                String target = name.replaceAll(":.*", "").replaceAll(".*/", "");
                build(target, name, List.of(STAND_INS.toString()));
            }
        }
    }

    private static void prepareBase(Path folder) throws IOException {
        if (!isToBeHad(BASE)) {
            makeDebian(folder);
        }
    }

    private static void ours(String target, String name) {
        Path file = CLONE.resolve("deploy/compose/Dockerfile");
        build(target, name, List.of("-f", file.toString(), CLONE.toString()));
    }

    private static boolean isToBeHad(String image) {
        return Docker.hasImage(image)
                || Docker.attempt(List.of("pull", "-q", image), "").code() == 0;
    }

    private static void build(String target, String name, List<String> where) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "build",
                                "--network=host",
                                "--build-context=jars="
                                        + CLONE.resolve("deploy/local/target/gantry"),
                                "--target=" + target,
                                "--tag=" + name));
        command.addAll(where);
        Docker.run(command);
    }

    /** With this machine's ways to Debian's archive: its sources, settings and certificates. */
    private static void makeDebian(Path folder) throws IOException {
        Path root = folder.resolve("debian");
        String script =
                """
                set -e
                mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1)
                debootstrap --variant=minbase --include=ca-certificates trixie %1$s ${mirror:-http://deb.debian.org/debian}
                cp -a /etc/apt/apt.conf.d/. %1$s/etc/apt/apt.conf.d/
                if [ -d /usr/local/share/ca-certificates ]; then
                  cp -a /usr/local/share/ca-certificates/. %1$s/usr/local/share/ca-certificates/
                  chroot %1$s update-ca-certificates
                fi
                tar -C %1$s -c . | docker import - %2$s
                rm -rf %1$s
                """
                        .formatted(root, BASE);
        Cluster.Result made = Cluster.run(List.of("sh", "-c", script), "", Duration.ofMinutes(10));
        assertThat(made.code()).as(made.text()).isZero();
        assertThat(Files.exists(root)).isFalse();
    }
}
