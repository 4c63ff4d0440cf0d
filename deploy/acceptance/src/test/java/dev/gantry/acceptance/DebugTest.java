package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** {@code kubectl debug}: a container more in a pod, a copy of it, a look at a node. */
@ExtendWith(Cluster.Shared.class)
final class DebugTest {
    @AutoClose private final TestNamespace ns;

    DebugTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void anEphemeralContainerSeesTheProcessesOfItsTargetAndRunsOnce() {
        ns.sleeper("box");
        ns.kubectl(
                "debug",
                "box",
                "--image=" + Cluster.IMAGE,
                "--container=look",
                "--target=main",
                "--profile=general",
                "--",
                "sh",
                "-c",
                "ps; exec sleep 3600");
        eventually(() -> look().at("/state").has("running"));
        eventually(() -> ns.kubectl("logs", "box", "-c", "look").contains("sleep 3600"));
        assertThat(ns.kubectl("exec", "box", "-c", "look", "--", "cat", "/proc/1/cmdline"))
                .contains("sleep");
        assertThat(ns.kubectl("get", "pod", "box")).contains("1/1");
        assertThat(ns.kubectl("describe", "pod", "box")).contains("Ephemeral Containers:", "look:");

        assertThat(ns.at("/status/phase", "get", "pod", "box")).isEqualTo("Running");
        assertThat(ns.at("/status/containerStatuses/0/restartCount", "get", "pod", "box"))
                .isEqualTo("0");
    }

    @Test
    void anEphemeralContainerThatEndedIsNotStartedAgain() {
        ns.sleeper("box");
        ns.kubectl(
                "debug",
                "box",
                "--image=" + Cluster.IMAGE,
                "--container=look",
                "--",
                "sh",
                "-c",
                "echo seen; exit 3");
        eventually(() -> look().at("/state/terminated/exitCode").asInt(-1) == 3);
        eventually(() -> ns.kubectl("logs", "box", "-c", "look").equals("seen\n"));
        assertThat(look().path("restartCount").asInt(-1)).isZero();
        ns.kubectl("wait", "pod/box", "--for=condition=Ready", TestNamespace.timeout());
        ns.delete("pod", "box");
    }

    @Test
    void aCopyOfAPodRunsAnotherCommand() {
        ns.sleeper("box");
        ns.kubectl(
                "debug",
                "box",
                "--copy-to=copy",
                "--container=main",
                "--image=" + Cluster.IMAGE,
                "--share-processes",
                "--",
                "sleep",
                "1800");
        ns.ready("copy");
        eventually(() -> ns.kubectl("exec", "copy", "--", "ps").contains("sleep 1800"));
    }

    @Test
    void aNodeIsSeenFromAPodOnIt() {
        String before = ns.kubectl("get", "pods", "-o", "name");
        assertThat(before).isEmpty();
        ns.kubectl(
                "debug",
                "node/node-1",
                "--image=" + Cluster.IMAGE,
                "--profile=general",
                "--",
                "sh",
                "-c",
                "ls /host && hostname && sleep 3600");
        eventually(() -> !ns.kubectl("get", "pods", "-o", "name").isEmpty());
        String pod = ns.kubectl("get", "pods", "-o", "name").strip();
        ns.waitFor(pod, "condition=Ready");
        eventually(() -> ns.kubectl("logs", pod).contains("etc"));
        assertThat(ns.at("/spec/hostNetwork", "get", pod)).isEqualTo("true");
        assertThat(ns.at("/spec/nodeName", "get", pod)).isEqualTo("node-1");
    }

    private JsonNode look() {
        return ns.json("get", "pod", "box").at("/status/ephemeralContainerStatuses/0");
    }
}
