package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.agent.testing.TestNode;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pods from their first report to their last, on a real containerd. */
class PodLifecycleTest {
    /** Until it is told to end: a bare sleep, as the first process that it is, would not hear. */
    private static final String SLEEPS =
            "\"command\": [\"sh\", \"-c\", \"trap 'exit 0' TERM; sleep 1000 & wait\"]";

    private static TestContainerd containerd;
    private TestNode node;

    @BeforeAll
    static void startContainerd() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        containerd = TestContainerd.start();
    }

    @AfterAll
    static void stopContainerd() throws Exception {
        if (containerd != null) {
            containerd.close();
        }
    }

    @BeforeEach
    void startNode() {
        node = new TestNode(containerd);
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void runsAPodReportsItAndRemovesItWhenDeleted() {
        Resource pod = node.run("simple", one(SLEEPS));
        await().until(() -> isReady("simple"));
        JsonNode status = node.status("simple");
        assertThat(Resource.text(status, "phase")).isEqualTo("Running");
        assertThat(status.path("podIPs")).hasSize(2);
        assertThat(Resource.text(status, "qosClass")).isEqualTo("BestEffort");
        await().until(() -> node.cluster().wasTold("Started", "Container started"));
        node.delete(pod, 1);
        await().until(() -> node.cluster().lastReport("simple").orElseThrow().isGone());
        assertThat(containersOf(pod)).isEmpty();
        assertThat(node.runtime().sandboxesOf(pod.uid().value())).isEmpty();
        assertThat(containerd.root().resolve("agent/pods").resolve(pod.uid().value()))
                .doesNotExist();
        node.cluster().remove(pod, "pods");
        node.workers().onRemoved(pod.uid());
        await().until(() -> node.workers().pod("default", "simple").isEmpty());
    }

    @Test
    void restartsAKilledContainerAtOnceAndThenBacksOff() throws Exception {
        Resource pod = node.run("killed", one(SLEEPS));
        await().until(() -> isReady("killed"));
        String first = Resource.text(node.container("killed"), "containerID");
        killMainProcess(pod);
        await().until(
                        () ->
                                node.container("killed").path("restartCount").asInt() == 1
                                        && isReady("killed"));
        JsonNode container = node.container("killed");
        assertThat(Resource.text(container, "containerID")).isNotEqualTo(first);
        JsonNode last = container.path("lastState").path("terminated");
        assertThat(last.path("exitCode").asInt()).isEqualTo(137);
        assertThat(Resource.text(last, "reason")).isEqualTo("Error");
        killMainProcess(pod);
        await().until(() -> waitingReason("killed").equals("CrashLoopBackOff"));
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold(
                                                "BackOff",
                                                "Back-off restarting failed container main"));
        end(pod);
    }

    @Test
    void finishesAPodThatNeverRestartsAndKeepsItsTerminationMessage() {
        Resource good = node.run("good", onceOnly("echo done > /dev/termination-log"));
        Resource bad = node.run("bad", onceOnly("echo why > /dev/termination-log; exit 4"));
        await().until(() -> phase("good").equals("Succeeded") && phase("bad").equals("Failed"));
        JsonNode ended = node.container("bad").path("state").path("terminated");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(4);
        assertThat(Resource.text(ended, "message")).isEqualTo("why\n");
        JsonNode well = node.container("good").path("state").path("terminated");
        assertThat(Resource.text(well, "reason")).isEqualTo("Completed");
        end(good);
        end(bad);
    }

    @Test
    void runsInitContainersInOrderAndSidecarsBesideThem() {
        Resource pod =
                node.run(
                        "inits",
                        """
                        {"volumes": [{"name": "shared", "emptyDir": {}}],
                         "initContainers": [
                           {"name": "first", "image": "IMAGE", "command": ["sh", "-c", "echo 1 >> /s/order"], "volumeMounts": [{"name": "shared", "mountPath": "/s"}]},
                           {"name": "side", "image": "IMAGE", "restartPolicy": "Always", "command": ["sh", "-c", "echo side >> /s/order; trap 'exit 0' TERM; sleep 1000 & wait"], "volumeMounts": [{"name": "shared", "mountPath": "/s"}],
                            "startupProbe": {"exec": {"command": ["grep", "side", "/s/order"]}, "periodSeconds": 1, "timeoutSeconds": 30}},
                           {"name": "second", "image": "IMAGE", "command": ["sh", "-c", "echo 2 >> /s/order"], "volumeMounts": [{"name": "shared", "mountPath": "/s"}]}],
                         "containers": [{"name": "main", "image": "IMAGE", "command": ["sh", "-c", "echo main >> /s/order; trap 'exit 0' TERM; sleep 1000 & wait"], "volumeMounts": [{"name": "shared", "mountPath": "/s"}]}]}
                        """);
        await().until(() -> isReady("inits"));
        assertThat(exec(pod, "main", "cat", "/s/order").lines())
                .containsExactly("1", "side", "2", "main");
        assertThat(node.status("inits").path("initContainerStatuses")).hasSize(3);
        end(pod);
    }

    @Test
    void takesVariablesFromAFileThatAnInitContainerWrote() {
        Resource pod =
                node.run(
                        "envfile",
                        """
                        {"restartPolicy": "Never", "volumes": [{"name": "made", "emptyDir": {}}],
                         "initContainers": [{"name": "writes", "image": "IMAGE", "command": ["sh", "-c", "echo \\"WORD='from a file'\\" > /made/env"],
                                             "volumeMounts": [{"name": "made", "mountPath": "/made"}]}],
                         "containers": [{"name": "main", "image": "IMAGE", "command": ["sh", "-c", "printf %s \\"$SAYS\\" > /dev/termination-log"],
                                         "env": [{"name": "SAYS", "valueFrom": {"fileKeyRef": {"volumeName": "made", "path": "env", "key": "WORD"}}}]}]}
                        """);
        await().until(() -> phase("envfile").equals("Succeeded"));
        assertThat(
                        Resource.text(
                                node.container("envfile").path("state").path("terminated"),
                                "message"))
                .isEqualTo("from a file");
        end(pod);
    }

    @Test
    void restartsAContainerWhoseLivenessFailsAndHoldsBackOneThatIsNotReady() {
        Resource pod =
                node.run(
                        "probed",
                        one(
                                """
                                "command": ["sh", "-c", "touch /alive; trap 'exit 0' TERM; sleep 1000 & wait"],
                                "livenessProbe": {"exec": {"command": ["test", "-e", "/alive"]}, "periodSeconds": 1, "timeoutSeconds": 30, "failureThreshold": 2, "initialDelaySeconds": 1},
                                "readinessProbe": {"exec": {"command": ["test", "-e", "/ready"]}, "periodSeconds": 1, "timeoutSeconds": 30}
                                """));
        await().until(() -> node.container("probed").path("state").has("running"));
        assertThat(isReady("probed")).isFalse();
        exec(pod, "main", "touch", "/ready");
        await().until(() -> isReady("probed"));
        exec(pod, "main", "rm", "/alive");
        await().until(() -> node.container("probed").path("restartCount").asInt() == 1);
        await().until(() -> node.cluster().wasTold("Unhealthy", "Liveness probe failed"));
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold(
                                                "Killing",
                                                "failed liveness probe, will be restarted"));
        end(pod);
    }

    @Test
    void tellsThatAContainerRanOutOfMemory() {
        Resource pod =
                node.run(
                        "hungry",
                        """
                        {"restartPolicy": "Never", "containers": [{"name": "main", "image": "IMAGE",
                          "command": ["sh", "-c", "x=0123456789abcdef; while true; do x=$x$x; done"],
                          "resources": {"limits": {"memory": "16Mi"}}}]}
                        """);
        await().until(() -> phase("hungry").equals("Failed"));
        JsonNode ended = node.container("hungry").path("state").path("terminated");
        assertThat(Resource.text(ended, "reason")).isEqualTo("OOMKilled");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(137);
        end(pod);
    }

    @Test
    void showsConfigMapsAndTokensAndBringsThemUpToDate() {
        Resource config = configMap("settings", "one");
        node.cluster().put(config, "configmaps");
        Resource pod =
                node.run(
                        "volumes",
                        """
                        {"volumes": [{"name": "config", "configMap": {"name": "settings"}},
                                     {"name": "all", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}, {"downwardAPI": {"items": [{"path": "name", "fieldRef": {"fieldPath": "metadata.name"}}]}}]}}],
                         "containers": [{"name": "main", "image": "IMAGE", "command": ["sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"],
                           "env": [{"name": "KEY", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "key"}}}, {"name": "BOTH", "value": "$(KEY)-$(POD)"}, {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}],
                           "volumeMounts": [{"name": "config", "mountPath": "/config"}, {"name": "all", "mountPath": "/all"}, {"name": "config", "mountPath": "/one/key", "subPath": "key"}]}]}
                        """);
        await().until(() -> isReady("volumes"));
        assertThat(exec(pod, "main", "cat", "/config/key", "/one/key")).isEqualTo("oneone");
        assertThat(exec(pod, "main", "cat", "/all/token", "/all/name"))
                .isEqualTo("token-of-volumesvolumes");
        assertThat(exec(pod, "main", "sh", "-c", "echo $KEY $BOTH")).isEqualTo("one one-$(POD)\n");
        assertThat(exec(pod, "main", "cat", "/etc/hosts"))
                .contains("Kubernetes-managed")
                .contains("\tvolumes\n");
        assertThat(exec(pod, "main", "cat", "/etc/resolv.conf"))
                .contains("nameserver 10.96.0.10")
                .contains("default.svc.cluster.local");
        node.cluster().put(configMap("settings", "two"), "configmaps");
        node.workers().onReference(new ObjectKey(Resources.CONFIG_MAPS, "default", "settings"));
        await().until(() -> exec(pod, "main", "cat", "/config/key").equals("two"));
        end(pod);
    }

    @Test
    void waitsForAMissingConfigMapAndStartsOnceItIsThere() {
        Resource pod =
                node.run(
                        "waits",
                        one(SLEEPS + ", \"envFrom\": [{\"configMapRef\": {\"name\": \"later\"}}]"));
        await().until(() -> waitingReason("waits").equals("CreateContainerConfigError"));
        node.cluster().put(configMap("later", "now"), "configmaps");
        node.workers().onReference(new ObjectKey(Resources.CONFIG_MAPS, "default", "later"));
        await().until(() -> isReady("waits"));
        end(pod);
    }

    @Test
    void saysWhyAnImageCannotBeHad() {
        Resource pod =
                node.run(
                        "imageless",
                        one("\"imagePullPolicy\": \"Never\"").replace("IMAGE", "localhost/none:1"));
        await().until(() -> waitingReason("imageless").equals("ErrImageNeverPull"));
        Resource other =
                node.run(
                        "unpulled",
                        one("\"imagePullPolicy\": \"Always\"")
                                .replace("IMAGE", "localhost:1/none:1"));
        await().until(() -> waitingReason("unpulled").equals("ImagePullBackOff"));
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold(
                                                "Failed",
                                                "Failed to pull image \"localhost:1/none:1\""));
        end(pod);
        end(other);
    }

    @Test
    void letsAContainerSayGoodbyeBeforeItIsStopped() {
        Resource pod =
                node.run(
                        "polite",
                        """
                        {"volumes": [{"name": "out", "hostPath": {"path": "OUT", "type": "DirectoryOrCreate"}}],
                         "containers": [{"name": "main", "image": "IMAGE",
                          "command": ["sh", "-c", "trap 'echo term >> /out/log; exit 0' TERM; while true; do sleep 0.1; done"],
                          "lifecycle": {"postStart": {"exec": {"command": ["sh", "-c", "echo start >> /out/log"]}}, "preStop": {"exec": {"command": ["sh", "-c", "echo stop >> /out/log"]}}},
                          "volumeMounts": [{"name": "out", "mountPath": "/out"}]}]}
                        """
                                .replace("OUT", containerd.root().resolve("out").toString()));
        await().until(() -> isReady("polite"));
        end(pod, 60);
        assertThat(containerd.root().resolve("out/log")).hasContent("start\nstop\nterm\n");
    }

    @Test
    void adoptsRunningPodsAfterARestartEvenWhileTheClusterIsAway() {
        Resource pod = node.run("adopted", one(SLEEPS));
        await().until(() -> isReady("adopted"));
        String id = Resource.text(node.container("adopted"), "containerID");
        long before = node.cluster().lastReport("adopted").orElseThrow().sequence();
        node.restart();
        await().until(
                        () ->
                                node.cluster().lastReport("adopted").orElseThrow().sequence()
                                                > before
                                        && isReady("adopted"));
        assertThat(Resource.text(node.container("adopted"), "containerID")).isEqualTo(id);
        assertThat(node.container("adopted").path("restartCount").asInt()).isZero();
        node.cluster().goAway();
        killMainProcess(pod);
        await().until(
                        () ->
                                node.container("adopted").path("restartCount").asInt() == 1
                                        && isReady("adopted"));
        node.cluster().comeBack();
        end(pod);
    }

    @Test
    void endsAPodThatTheApiForgot() {
        Resource pod =
                node.run(
                        "orphan",
                        one(SLEEPS)
                                .replace(
                                        "{\"containers\"",
                                        "{\"terminationGracePeriodSeconds\": 1, \"containers\""));
        await().until(() -> isReady("orphan"));
        node.cluster().remove(pod, "pods");
        node.workers().onRemoved(pod.uid());
        await().until(() -> node.runtime().sandboxesOf(pod.uid().value()).isEmpty());
    }

    @Test
    void refusesAPodThatDoesNotFit() {
        Resource pod = node.run("huge", one("\"resources\": {\"requests\": {\"cpu\": \"3\"}}"));
        await().until(() -> phase("huge").equals("Failed"));
        assertThat(Resource.text(node.status("huge"), "reason")).isEqualTo("OutOfcpu");
        end(pod);
    }

    @Test
    void hasRoomForATerminationMessageButNotForAnEndlessOne() {
        Resource pod = node.run("talker", onceOnly("yes > /dev/termination-log; exit 3"));
        await().until(() -> phase("talker").equals("Failed"));
        JsonNode ended = node.container("talker").path("state").path("terminated");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(3);
        assertThat(Resource.text(ended, "message")).hasSize(4096).endsWith("y\n");
        end(pod);
    }

    @Test
    void boundsAndConfinesAPodThatAsksForNothing() {
        Resource pod =
                node.run(
                        "bomb",
                        """
                        {"restartPolicy": "Never", "terminationGracePeriodSeconds": 0, "containers": [
                          {"name": "main", "image": "IMAGE", "terminationMessagePolicy": "FallbackToLogsOnError",
                           "command": ["sh", "-c", "grep Seccomp: /proc/self/status; while sleep 1000 & do :; done"]}]}
                        """);
        await().until(() -> phase("bomb").equals("Failed"));
        JsonNode ended = node.container("bomb").path("state").path("terminated");
        assertThat(Resource.text(ended, "message")).contains("Seccomp:\t2").contains("can't fork");
        end(pod);
    }

    private void end(Resource pod) {
        end(pod, 1);
    }

    private void end(Resource pod, int graceSeconds) {
        Resource dying = node.delete(pod, graceSeconds);
        await().until(() -> node.cluster().lastReport(pod.name()).orElseThrow().isGone());
        node.cluster().remove(dying, "pods");
        node.workers().onRemoved(pod.uid());
        await().until(() -> node.workers().pod("default", pod.name()).isEmpty());
    }

    private void killMainProcess(Resource pod) {
        ContainerEntry running =
                containersOf(pod).stream()
                        .filter(each -> each.state() == ContainerState.RUNNING)
                        .findFirst()
                        .orElseThrow();
        for (Path each : List.of(Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup"))) {
            Path processes =
                    each.resolve(containerd.cgroupParent().substring(1))
                            .resolve("besteffort/pod" + pod.uid())
                            .resolve(running.id())
                            .resolve("cgroup.procs");
            if (Files.exists(processes)) {
                kill(processes);
                return;
            }
        }
        throw new AssertionError("no cgroup of container " + running.id());
    }

    private static void kill(Path processes) {
        try {
            for (String pid : Files.readAllLines(processes)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<ContainerEntry> containersOf(Resource pod) {
        return node.runtime().containersOf(pod.uid().value());
    }

    private String exec(Resource pod, String container, String... command) {
        ContainerEntry running =
                containersOf(pod).stream()
                        .filter(each -> each.name().equals(container))
                        .filter(each -> each.state() == ContainerState.RUNNING)
                        .findFirst()
                        .orElseThrow();
        return node.runtime().exec(running.id(), List.of(command), Patience.LIMIT).output();
    }

    private boolean isReady(String pod) {
        return Conditions.isTrue(node.status(pod).path("conditions"), "Ready");
    }

    private String phase(String pod) {
        return Resource.text(node.status(pod), "phase");
    }

    private String waitingReason(String pod) {
        return Resource.text(node.container(pod).path("state").path("waiting"), "reason");
    }

    private static String one(String fields) {
        return "{\"terminationGracePeriodSeconds\": 1, \"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", "
                + fields
                + "}]}";
    }

    private static String onceOnly(String script) {
        return """
               {"restartPolicy": "Never", "containers": [{"name": "main", "image": "IMAGE", "command": ["sh", "-c", "SCRIPT"]}]}
               """
                .replace("SCRIPT", script);
    }

    private static Resource configMap(String name, String value) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", "ConfigMap");
        tree.putObject("metadata").put("name", name).put("namespace", "default");
        tree.putObject("data").put("key", value);
        return new Resource(tree);
    }
}
