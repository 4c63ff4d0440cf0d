package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A pod without any privilege that exchanges a folder of its own volume for a link to the host's,
 * over and over, while containers are started that mount it: CVE-2021-25741.
 */
@ExtendWith(Cluster.Shared.class)
final class SubPathAttackTest {
    private static final String OF_HOST = "of the host";
    private static final int CONTAINERS = 12;

    @AutoClose private final TestNamespace ns;

    /** The nodes of the local form share the machine's files. */
    @TempDir private Path host;

    SubPathAttackTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @BeforeEach
    void putSomethingThere() throws IOException {
        Files.writeString(host.resolve("file"), OF_HOST);
    }

    @Test
    void noFolderOfTheHostIsMountedHoweverQuicklyLinksChange() throws IOException {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: control}
                spec:
                  restartPolicy: Never
                  containers:
                  - name: main
                    image: "${image}"
                    command: [cat, /part/file]
                    volumeMounts: [{name: data, mountPath: /part}]
                  volumes: [{name: data, hostPath: {path: %s}}]
                """
                        .formatted(host));
        ns.apply(race("seen", "part", "cat /part/file"));
        ns.apply(race("made", "part/made-INDEX/deeper", "touch /part/touched"));
        TestNamespace.eventually(() -> isTried("seen") && isTried("made"));

        TestNamespace.eventually(() -> ns.kubectl("logs", "control").contains(OF_HOST));
        TestNamespace.eventually(() -> seen().contains("of the pod"));
        assertThat(seen()).doesNotContain(OF_HOST);
        try (Stream<Path> there = Files.walk(host)) {
            assertThat(there).containsExactlyInAnyOrder(host, host.resolve("file"));
        }
    }

    private String seen() {
        return ns.kubectl("logs", "seen", "--all-containers", "--ignore-errors");
    }

    /** Each container came to its end, or was refused what it asked for. */
    private boolean isTried(String pod) {
        int tried = 0;
        int mounted = 0;
        for (JsonNode each : ns.json("get", "pod", pod).at("/status/containerStatuses")) {
            String waiting = each.at("/state/waiting/reason").asString("");
            boolean isOver = each.at("/state/terminated").isObject();
            mounted += isOver ? 1 : 0;
            tried += isOver || waiting.equals("CreateContainerConfigError") ? 1 : 0;
        }
        return tried == CONTAINERS && mounted > 0;
    }

    private String race(String name, String subPath, String command) {
        StringBuilder pod = new StringBuilder();
        pod.append(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 1
                  volumes: [{name: data, emptyDir: {}}]
                  initContainers:
                  - name: prepare
                    image: "${image}"
                    command: [sh, -c, "cd /all; mkdir inside; echo of the pod > inside/file; ln -s inside part"]
                    volumeMounts: [{name: data, mountPath: /all}]
                  - name: swapper
                    image: "${image}"
                    restartPolicy: Always
                    command:
                    - sh
                    - -c
                    - |
                      cd /all
                      while :; do
                        ln -s %s next; mv -T next part
                        ln -s inside next; mv -T next part
                      done
                    volumeMounts: [{name: data, mountPath: /all}]
                  containers:
                """
                        .formatted(name, host));
        for (int i = 0; i < CONTAINERS; i++) {
            pod.append(
                    """
                      - name: main-%d
                        image: "${image}"
                        command: [sh, -c, "%s"]
                        volumeMounts: [{name: data, mountPath: /part, subPath: %s}]
                    """
                            .formatted(i, command, subPath.replace("INDEX", Integer.toString(i))));
        }
        return pod.toString();
    }
}
