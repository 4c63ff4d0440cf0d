package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers that ask for nothing, and try what they can do with it. */
@ExtendWith(Cluster.Shared.class)
final class ContainerAttackTest {
    private static final int MOST_PROCESSES = 4096;

    @AutoClose private final TestNamespace ns;

    ContainerAttackTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void whoAsksForNothingHasTheRuntimesSystemCalls() {
        ns.sleeper("plain");
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: unconfined}
                spec:
                  terminationGracePeriodSeconds: 1
                  securityContext: {seccompProfile: {type: Unconfined}}
                  containers:
                  - {name: main, image: "${image}", command: [sleep, "3600"]}
                """);
        ns.ready("unconfined");
        assertThat(seccompOf("plain")).isEqualTo("Seccomp:\t2");
        assertThat(seccompOf("unconfined")).isEqualTo("Seccomp:\t0");
        assertThat(ns.tryKubectl("exec", "plain", "--", "unshare", "-U", "true").code())
                .isNotZero();
    }

    @Test
    void aForkBombEndsAtItsPodsLimitAndTheNeighbourLivesOn() {
        assumeTrue(countsProcesses(), "the machine has no controller of processes");
        ns.sleeper("neighbour");
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: bomb}
                spec:
                  restartPolicy: Never
                  nodeName: %s
                  containers:
                  - name: main
                    image: "${image}"
                    command:
                    - sh
                    - -c
                    - |
                      mkfifo /tmp/never; i=0
                      while [ $i -lt %d ]; do
                        read x < /tmp/never &
                        i=$((i+1)); echo $i
                      done
                """
                        .formatted(
                                ns.at("/spec/nodeName", "get", "pod", "neighbour"),
                                MOST_PROCESSES + 500));
        TestNamespace.eventually(() -> !ended("bomb").isEmpty());
        assertThat(ended("bomb")).isEqualTo("Failed");
        TestNamespace.eventually(() -> log("bomb").anyMatch(each -> each.contains("can't fork")));
        int reached =
                log("bomb")
                        .filter(each -> each.matches("\\d+"))
                        .mapToInt(Integer::parseInt)
                        .max()
                        .orElseThrow();
        assertThat(reached).isBetween(MOST_PROCESSES / 2, MOST_PROCESSES);
        ns.kubectl("exec", "neighbour", "--", "true");
    }

    private static boolean countsProcesses() {
        return Files.isDirectory(Path.of("/sys/fs/cgroup/pids"))
                || Files.exists(Path.of("/sys/fs/cgroup/cgroup.subtree_control"));
    }

    private String seccompOf(String pod) {
        return ns.kubectl("exec", pod, "--", "grep", "Seccomp:", "/proc/self/status").strip();
    }

    /** Its last lines. */
    private Stream<String> log(String pod) {
        return ns.kubectl("logs", pod, "--tail=20").lines();
    }

    private String ended(String pod) {
        String phase = ns.at("/status/phase", "get", "pod", pod);
        return phase.equals("Failed") || phase.equals("Succeeded") ? phase : "";
    }
}
