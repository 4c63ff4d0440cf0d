package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody with an account on the machine, and somebody who is handed its disk. */
@ExtendWith(Cluster.Shared.class)
final class DiskAttackTest {
    private static final String VALUE = "quite-a-secret-that-is-mounted";

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    DiskAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void secretsOfPodsAreInMemoryAndForNobodyElse() throws IOException {
        ns.kubectl("create", "secret", "generic", "hidden", "--from-literal=password=" + VALUE);
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: keeper}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sleep, "3600"]
                    volumeMounts: [{name: hidden, mountPath: /hidden}]
                  volumes: [{name: hidden, secret: {secretName: hidden, defaultMode: 0400}}]
                """);
        ns.ready("keeper");
        assertThat(ns.kubectl("exec", "keeper", "--", "cat", "/hidden/password")).isEqualTo(VALUE);
        Path volumes = volumes();
        Path secret = volumes.resolve("kubernetes.io~secret/hidden");
        for (Path each : List.of(secret, token(volumes))) {
            assertThat(Files.getFileStore(each).type()).as(each.toString()).isEqualTo("tmpfs");
        }
        Path file = secret.resolve("password").toRealPath();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pods())))
                .isEqualTo("rwx------");

        assertThat(found(List.of("grep", "-rlF", VALUE), secret)).contains("password");
        // -xdev: what is mounted from memory is no part of the disk.
        List<String> onDisk =
                List.of("find", home(), "-xdev", "-type", "f", "-size", "-64M", "-exec");
        assertThat(found(onDisk, "grep", "-lF", VALUE, "{}", "+")).isEmpty();
    }

    @Test
    void nobodyElsesAccountReadsKeysLogsOrVolumes() {
        ns.sleeper("keeper");
        // From within: the way there may be closed to others, as /root is.
        String find =
                "cd \"$1\" && exec setpriv --reuid=65534 --regid=65534 --clear-groups"
                        + " find . -type f -readable -printf '%P\\n'";
        List<String> readable = found(List.of("sh", "-c", find, "sh"), home()).lines().toList();
        assertThat(readable)
                .contains("instance.properties")
                .noneMatch(each -> each.matches("(config|data|logs|pki|secrets)/.*"))
                .noneMatch(each -> each.matches(".*/(pods|containerd)/.*"))
                .noneMatch(each -> each.matches(".*(\\.key|\\.pem|kubeconfig|kafka.properties)"));
    }

    private String home() {
        return cluster.home().toString();
    }

    private Path pods() {
        String node = ns.at("/spec/nodeName", "get", "pod", "keeper");
        return cluster.home().resolve("nodes").resolve(node).resolve("agent/pods");
    }

    private Path volumes() {
        return pods().resolve(ns.at("/metadata/uid", "get", "pod", "keeper")).resolve("volumes");
    }

    private static Path token(Path volumes) throws IOException {
        try (var projected = Files.list(volumes.resolve("kubernetes.io~projected"))) {
            return projected.findFirst().orElseThrow().resolve("token");
        }
    }

    private static String found(List<String> command, Object... more) {
        List<String> all = new ArrayList<>(command);
        for (Object each : more) {
            all.add(each.toString());
        }
        return Cluster.run(all).out();
    }
}
