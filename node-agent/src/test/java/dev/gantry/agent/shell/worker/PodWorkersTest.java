package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.testing.NodeOnFakeRuntime;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bad days of a node, on a runtime that fails at will. */
class PodWorkersTest extends NodeOnFakeRuntime {
    private static final String SLEEPER =
            "{\"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\", \"1000\"]}]}";

    private static final String PROBED =
            "{\"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\", \"1000\"], \"readinessProbe\": {\"periodSeconds\": 1, \"exec\": {\"command\": [\"sh\", \"-c\", \"exit 0\"]}}}]}";

    @Test
    void runsAPodThoughTheRuntimeFailsAtFirst() {
        runtime.failNext(3);
        node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        await().until(() -> node.cluster().wasTold("FailedCreatePodSandBox", "by will"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run sandbox", "create container", "start container"})
    void triesAgainAfterWhatNobodyForesaw(String step) {
        runtime.meetBugAt(step);
        node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop container", "stop sandbox"})
    void endsAPodAfterWhatNobodyForesaw(String step) {
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        runtime.meetBugAt(step);
        node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("web").orElseThrow().isGone());
    }

    @Test
    void endsAPodThoughTheRuntimeFailsToStopIt() {
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        runtime.failNext(2);
        node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("web").orElseThrow().isGone());
    }

    @Test
    void goesOnWhenTheRuntimeComesBack() {
        node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        runtime.goAway();
        Resource other = node.run("other", SLEEPER);
        await().until(() -> runtime.unanswered() > 0);
        runtime.comeBack();
        await().until(() -> isReady("other"));
        assertThat(containersOf(other)).hasSize(1);
    }

    @Test
    void countsItsWorkTheStartsOfPodsAndTheirProbes() {
        Resource pod = node.run("web", PROBED);
        await().until(() -> isReady("web"));
        assertThat(told(node.workers().metrics()::append))
                .contains(
                        "\nkubelet_pod_start_duration_seconds_count 1\n",
                        "\nkubelet_pod_start_total_duration_seconds_count 1\n",
                        "\nkubelet_pod_start_sli_duration_seconds_count 1\n",
                        "\nkubelet_pod_worker_duration_seconds_count{operation_type=\"create\"} 1\n",
                        "\nkubelet_pod_worker_duration_seconds_count{operation_type=\"sync\"} ");
        String probe =
                "\nprober_probe_total{container=\"main\",namespace=\"default\",pod=\"web\",pod_uid=\"%s\",probe_type=\"Readiness\",result=\"successful\"} "
                        .formatted(pod.uid().value());
        assertThat(told(node.prober().metrics()::append)).contains(probe);

        Resource dying = node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("web").orElseThrow().isGone());
        node.cluster().remove(dying, "pods");
        node.workers().onRemoved(pod.uid());
        await().until(
                        () ->
                                told(node.workers().metrics()::append)
                                        .contains("{operation_type=\"terminated\"} 1\n"));
        assertThat(told(node.workers().metrics()::append)).contains("{operation_type=\"kill\"} ");
        assertThat(told(node.prober().metrics()::append)).doesNotContain("pod=\"web\"");
    }

    private static String told(Consumer<StringBuilder> metrics) {
        var text = new StringBuilder();
        metrics.accept(text);
        return text.toString();
    }

    @Test
    void noticesADeathOfWhichNoEventCame() {
        runtime.loseEvents();
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        runtime.crash(containersOf(pod).getFirst().id(), 9);
        await().until(() -> node.container("web").path("restartCount").asInt() == 1);
    }

    @Test
    void countsContainersThatTheNodeLostAsEnded() {
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        Resource known = pod.copy();
        known.tree().set("status", node.status("web").deepCopy());
        node.close();
        runtime.sandboxesOf(pod.uid().value()).forEach(each -> runtime.removeSandbox(each.id()));
        node.cluster().put(known, "pods");
        node.open();
        await().until(
                        () ->
                                node.container("web").path("restartCount").asInt() == 1
                                        && isReady("web"));
        assertThat(
                        Resource.text(
                                node.container("web").path("lastState").path("terminated"),
                                "reason"))
                .isEqualTo("ContainerStatusUnknown");
    }

    /** Else an agent that begins anew knows less of its pods than the API. */
    @Test
    void whatItTellsIsOnItsDiskBefore() {
        List<JsonNode> toldTooEarly = new CopyOnWriteArrayList<>();
        node.cluster()
                .tell(
                        report -> {
                            boolean isKept =
                                    Checkpoint.readAll(node.storage().folders()).stream()
                                            .map(each -> each.pod().status())
                                            .anyMatch(each -> hasContainersOf(each, report));
                            if (!isKept) {
                                toldTooEarly.add(report.status());
                            }
                        });
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        runtime.crash(containersOf(pod).getFirst().id(), 9);
        await().until(() -> node.container("web").path("restartCount").asInt() == 1);
        assertThat(toldTooEarly).isEmpty();
    }

    private static boolean hasContainersOf(JsonNode status, PodStatusReport report) {
        return status.path("containerStatuses").equals(report.status().path("containerStatuses"));
    }

    @Test
    void startsAllContainersAgainThoughOneOfThemWaitsForItsImage() {
        runtime.hangPulls();
        Resource pod =
                node.run(
                        "web",
                        """
                        {"containers": [
                          {"name": "asks", "image": "IMAGE", "command": ["sleep", "1000"], "restartPolicy": "Never",
                           "restartPolicyRules": [{"action": "RestartAllContainers", "exitCodes": {"operator": "In", "values": [42]}}]},
                          {"name": "other", "image": "IMAGE", "command": ["sleep", "1000"]},
                          {"name": "waits", "image": "registry.example/none:1"}]}
                        """);
        await().until(() -> node.cluster().wasTold("Pulling", "registry.example/none:1"));
        await().until(() -> containersOf(pod).size() == 2 && isRunning(0) && isRunning(1));
        runtime.crash(containerOf(pod, "asks"), 42);
        await().until(() -> isRestarted(0) && isRestarted(1));
        assertThat(Resource.text(node.status("web"), "phase")).isEqualTo("Pending");
        assertThat(containersOf(pod)).hasSize(2);
        assertThat(runtime.sandboxes()).hasSize(1);
    }

    private boolean isRunning(int container) {
        return status(container).at("/state/running").isObject();
    }

    private boolean isRestarted(int container) {
        return isRunning(container)
                && status(container).path("restartCount").asInt() == 1
                && status(container)
                        .at("/lastState/terminated/reason")
                        .asString("")
                        .equals("RestartingAllContainers");
    }

    private JsonNode status(int container) {
        return node.status("web").path("containerStatuses").path(container);
    }

    private String containerOf(Resource pod, String name) {
        return containersOf(pod).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aPodThatIsRefusedTakesNoRoom() {
        String huge =
                SLEEPER.replace(
                        "\"name\"",
                        "\"resources\": {\"requests\": {\"cpu\": \"100000\"}}, \"name\"");
        node.run("huge", huge);
        node.run(
                "web",
                SLEEPER.replace(
                        "\"name\"", "\"resources\": {\"requests\": {\"cpu\": \"1m\"}}, \"name\""));
        await().until(() -> isReady("web"));
        await().until(() -> Resource.text(node.status("huge"), "reason").equals("OutOfcpu"));
    }

    @Test
    void runsAPodByTheHandlerOfItsRuntimeClass() {
        Resource pod =
                node.run("web", SLEEPER.replaceFirst("\\{", "{\"runtimeClassName\": \"safe\", "));
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold(
                                                "FailedCreatePodSandBox",
                                                "runtimeclass.node.k8s.io \"safe\" not found"));
        assertThat(runtime.sandboxes()).isEmpty();
        node.cluster().put(runtimeClass("safe", "kata"), Resources.RUNTIME_CLASSES);
        await().until(() -> isReady("web"));
        assertThat(runtime.handler(pod.uid().value())).isEqualTo("kata");
    }

    private static Resource runtimeClass(String name, String handler) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "node.k8s.io/v1").put("kind", "RuntimeClass");
        tree.putObject("metadata").put("name", name).put("resourceVersion", "1");
        return new Resource(tree.put("handler", handler));
    }

    @Test
    void neverRunsWithTheNodesUsersAPodThatWantsItsOwn() {
        node.run("web", SLEEPER.replaceFirst("\\{", "{\"hostUsers\": false, "));
        await().until(() -> node.cluster().wasTold("FailedCreatePodSandBox", "user namespaces"));
        assertThat(runtime.sandboxes()).isEmpty();
    }

    @Test
    void givesAPodUsersOfItsOwnAsSoonAsTheRuntimeCan() {
        Resource pod = node.run("web", SLEEPER.replaceFirst("\\{", "{\"hostUsers\": false, "));
        await().until(() -> node.cluster().wasTold("FailedCreatePodSandBox", "user namespaces"));
        runtime.can(features(new HandlerFeatures(false, true)));
        await().until(() -> isReady("web"));
        Resource other = node.run("other", SLEEPER.replaceFirst("\\{", "{\"hostUsers\": false, "));
        await().until(() -> isReady("other"));
        assertThat(usersOf(pod)).isPresent();
        assertThat(usersOf(other)).isPresent().isNotEqualTo(usersOf(pod));
        node.run("usual", SLEEPER);
        await().until(() -> isReady("usual"));
    }

    private Optional<IdRange> usersOf(Resource pod) {
        return runtime.madeAs(pod.uid().value()).orElseThrow().security().namespaces().users();
    }

    private static RuntimeFeatures features(HandlerFeatures ofDefault) {
        return new RuntimeFeatures(new TreeMap<>(Map.of("", ofDefault)), Optional.empty());
    }

    @Test
    void tellsWhichMountsAreReadOnlyWithAllBelow() {
        String spec =
                "{\"volumes\": [{\"name\": \"v\", \"emptyDir\": {}}], \"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\","
                        + " \"command\": [\"sleep\", \"1000\"], \"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"/v\","
                        + " \"readOnly\": true, \"recursiveReadOnly\": \"MODE\"}]}]}";
        node.run("needs", spec.replace("MODE", "Enabled"));
        node.run("likes", spec.replace("MODE", "IfPossible"));
        await().until(() -> isReady("likes"));
        assertThat(recursiveReadOnly("likes")).isEqualTo("Disabled");
        await().until(
                        () ->
                                Resource.text(waiting("needs"), "message")
                                        .endsWith("it is not supported by the runtime"));
        assertThat(Resource.text(waiting("needs"), "reason"))
                .isEqualTo("CreateContainerConfigError");
        runtime.can(features(new HandlerFeatures(true, false)));
        await().until(() -> isReady("needs"));
        assertThat(recursiveReadOnly("needs")).isEqualTo("Enabled");
    }

    private JsonNode waiting(String pod) {
        return node.container(pod).path("state").path("waiting");
    }

    private String recursiveReadOnly(String pod) {
        return Resource.text(node.container(pod).path("volumeMounts").path(0), "recursiveReadOnly");
    }

    @Test
    void refusesAPodForTheNodesLabelsOnlyAfterAskingForThemAnew() {
        node.cluster().hasHeardOf(labelled("old"));
        node.cluster().put(labelled("new"), "nodes");
        String wants = SLEEPER.replaceFirst("\\{", "{\"nodeSelector\": {\"kind\": \"KIND\"}, ");
        node.run("right", wants.replace("KIND", "new"));
        await().until(() -> isReady("right"));
        node.run("wrong", wants.replace("KIND", "other"));
        await().until(() -> Resource.text(node.status("wrong"), "reason").equals("NodeAffinity"));
        assertThat(Resource.text(node.status("wrong"), "phase")).isEqualTo("Failed");
    }

    private static Resource labelled(String kind) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        ObjectNode metadata = tree.putObject("metadata").put("name", "node-1");
        metadata.putObject("labels").put("kind", kind);
        return new Resource(tree);
    }

    @Test
    void takesOnNobodyWhileItsDiskIsFull() {
        node.run("before", SLEEPER);
        await().until(() -> isReady("before"));
        node.runsShort(new Pressure(false, true, false));
        node.run("after", SLEEPER);
        await().until(() -> Resource.text(node.status("after"), "reason").equals("Evicted"));
        assertThat(Resource.text(node.status("after"), "message"))
                .isEqualTo("Pod was rejected: The node had condition: [DiskPressure]. ");
        assertThat(isReady("before")).isTrue();
    }

    @Test
    void aContainerThatEndsIsAsReadyAsItSays() {
        String probed =
                SLEEPER.replace(
                        "\"name\"",
                        "\"readinessProbe\": {\"periodSeconds\": 1, \"exec\": {\"command\": [\"sh\", \"-c\", \"exit 0\"]}}, \"name\"");
        Resource pod = node.run("web", probed);
        await().until(() -> isReady("web"));
        runtime.letLinger(pod.uid().value());
        Resource newer = pod.copy();
        newer.mutableMetadata().put("generation", 2);
        Resource dying = node.delete(newer, 1000);
        await().until(() -> node.status("web").path("observedGeneration").asInt() == 2);
        await().until(() -> node.cluster().wasTold("Killing", "main"));
        assertThat(isReady("web")).isTrue();
        node.delete(dying, 0);
        await().until(() -> node.cluster().lastReport("web").orElseThrow().isGone());
    }

    @Test
    void neverRunsTwiceWhatMayRunOnlyOnce() {
        Resource pod =
                node.run("once", SLEEPER.replaceFirst("\\{", "{\"restartPolicy\": \"Never\", "));
        await().until(() -> isReady("once"));
        node.close();
        runtime.sandboxesOf(pod.uid().value()).forEach(each -> runtime.removeSandbox(each.id()));
        Resource known = pod.copy();
        known.tree().set("status", node.status("once").deepCopy());
        node.cluster().put(known, "pods");
        node.open();
        await().until(() -> Resource.text(node.status("once"), "phase").equals("Failed"));
        assertThat(containersOf(pod)).isEmpty();
    }

    @Test
    void neverTakesBackAPodThatHasEnded() {
        Resource pod = node.run("web", SLEEPER);
        await().until(() -> isReady("web"));
        Resource dying = node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("web").orElseThrow().isGone());
        node.workers().onRemoved(pod.uid());
        await().until(() -> node.workers().pods().isEmpty());
        node.workers().onPod(dying);
        assertThat(node.workers().pods()).isEmpty();
    }

    private boolean isReady(String pod) {
        return Conditions.isTrue(node.status(pod).path("conditions"), "Ready");
    }

    private List<ContainerEntry> containersOf(Resource pod) {
        return runtime.containersOf(pod.uid().value());
    }
}
