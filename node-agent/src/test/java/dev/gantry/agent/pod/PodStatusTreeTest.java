package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ProcessUser;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.status.PodStatusTree;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The status of pods as {@link PodWorld} shows them; it stands here for the sake of that. */
class PodStatusTreeTest {
    private static final NodeFacts NODE =
            new NodeFacts(
                    "node-1",
                    List.of("10.89.0.2", "fd00::2"),
                    List.of(),
                    "cluster.local",
                    new TreeMap<>());

    @Test
    void tellsEverythingOfARunningPod() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        assertThat(status(world).toPrettyString())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"observedGeneration": 1, "phase": "Running",
                                         "hostIP": "10.89.0.2", "hostIPs": [{"ip": "10.89.0.2"}, {"ip": "fd00::2"}],
                                         "podIP": "10.1.0.5", "podIPs": [{"ip": "10.1.0.5"}],
                                         "startTime": "2026-11-24T10:00:00Z", "qosClass": "BestEffort",
                                         "containerStatuses": [{"name": "main", "state": {"running": {"startedAt": "2026-11-24T10:00:01Z"}}, "lastState": {},
                                           "ready": true, "restartCount": 0, "image": "i:1", "imageID": "i:1", "containerID": "containerd://c0", "started": true, "resources": {}}],
                                         "conditions": [
                                           {"type": "PodReadyToStartContainers", "status": "True", "lastTransitionTime": "2026-11-24T10:00:02Z", "lastProbeTime": null, "observedGeneration": 1},
                                           {"type": "Initialized", "status": "True", "lastTransitionTime": "2026-11-24T10:00:02Z", "lastProbeTime": null, "observedGeneration": 1},
                                           {"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-24T10:00:02Z", "lastProbeTime": null, "observedGeneration": 1},
                                           {"type": "ContainersReady", "status": "True", "lastTransitionTime": "2026-11-24T10:00:02Z", "lastProbeTime": null, "observedGeneration": 1}]}
                                        """)
                                .toPrettyString());
    }

    @Test
    void tellsAsWhomAContainerWasStarted() {
        PodWorld world = PodWorld.of("main");
        world.startsAs(new ProcessUser(1000, 3000, List.of(3000L, 4000L)));
        world.settle();
        assertThat(status(world).path("containerStatuses").path(0).path("user").toString())
                .isEqualTo(
                        "{\"linux\":{\"uid\":1000,\"gid\":3000,\"supplementalGroups\":[3000,4000]}}");
    }

    @Test
    void anEphemeralContainerIsNeverReadyAndNobodyWaitsForIt() {
        var world =
                new PodWorld(
                        """
                        {"containers": [{"name": "main", "image": "i"}],
                         "ephemeralContainers": [{"name": "look", "image": "i"}]}
                        """);
        world.settle();
        JsonNode status = status(world);
        JsonNode ephemeral = status.path("ephemeralContainerStatuses").path(0);
        assertThat(ephemeral.path("state").has("running")).isTrue();
        assertThat(ephemeral.path("ready").asBoolean()).isFalse();
        assertThat(ephemeral.has("started")).isFalse();
        assertThat(message(status, "Ready")).isEmpty();
    }

    @Test
    void saysWhatANewPodWaitsFor() {
        JsonNode status = status(PodWorld.of("a", "b"));
        assertThat(Resource.text(status, "phase")).isEqualTo("Pending");
        assertThat(waiting(status, 0)).isEqualTo("ContainerCreating");
        assertThat(message(status, "Ready")).isEqualTo("containers with unready status: [a b]");
        JsonNode withInit =
                status(
                        new PodWorld(
                                "{\"initContainers\": [{\"name\": \"i\", \"image\": \"i\"}], \"containers\": [{\"name\": \"a\", \"image\": \"i\"}]}"));
        assertThat(waiting(withInit, 0)).isEqualTo("PodInitializing");
        assertThat(message(withInit, "Initialized"))
                .isEqualTo("containers with incomplete status: [i]");
    }

    @Test
    void showsACrashLoopWithTheLastEnd() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.exitOf("main", 3);
        world.settle();
        world.exitOf("main", 4);
        JsonNode container = status(world).path("containerStatuses").path(0);
        JsonNode waiting = container.path("state").path("waiting");
        assertThat(Resource.text(waiting, "reason")).isEqualTo("CrashLoopBackOff");
        assertThat(Resource.text(waiting, "message"))
                .isEqualTo("back-off 10s restarting failed container=main pod=web_default(uid-1)");
        assertThat(container.path("lastState").path("terminated").path("exitCode").asInt())
                .isEqualTo(4);
        assertThat(container.path("restartCount").asInt()).isEqualTo(1);
        assertThat(container.path("ready").asBoolean()).isFalse();
    }

    @Test
    void movesATransitionTimeOnlyWithTheStatus() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        ObjectNode first = status(world);
        world.pass(100);
        ObjectNode second = new PodStatusTree(world.view(), NODE, first, world.now()).made();
        assertThat(second).isEqualTo(first);
        world.exitOf("main", 1);
        ObjectNode third = new PodStatusTree(world.view(), NODE, second, world.now()).made();
        assertThat(time(third, "Ready")).isEqualTo(Conditions.timestamp(world.now()));
        assertThat(time(third, "Initialized")).isEqualTo(time(first, "Initialized"));
    }

    @Test
    void waitsForTheReadinessGatesOfOthers() {
        var world =
                new PodWorld(
                        "{\"readinessGates\": [{\"conditionType\": \"example.org/ok\"}], \"containers\": [{\"name\": \"a\", \"image\": \"i\"}]}");
        world.settle();
        JsonNode status = status(world);
        assertThat(message(status, "Ready"))
                .isEqualTo(
                        "corresponding condition of pod readiness gate \"example.org/ok\" does not exist.");
        assertThat(Conditions.isTrue(status.path("conditions"), "ContainersReady")).isTrue();
    }

    @Test
    void saysWhyAPodFailed() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.perform(
                new PodAction.FailPod(
                        new PodFailure("Evicted", "The node was low on resource: memory.")));
        world.settle();
        JsonNode status = status(world);
        assertThat(Resource.text(status, "phase")).isEqualTo("Failed");
        assertThat(Resource.text(status, "reason")).isEqualTo("Evicted");
        assertThat(Conditions.isTrue(status.path("conditions"), "DisruptionTarget")).isTrue();
    }

    @Test
    void tellsOnlyTheReasonOfAPodThatTheNodeRefused() {
        PodWorld world = PodWorld.of("main");
        world.perform(
                new PodAction.FailPod(PodFailure.refusal("OutOfcpu", "there is not enough cpu")));
        assertThat(status(world).toString())
                .isEqualTo(
                        "{\"observedGeneration\":1,\"phase\":\"Failed\",\"reason\":\"OutOfcpu\",\"message\":\"Pod was rejected: there is not enough cpu\",\"startTime\":\"2026-11-24T10:00:00Z\",\"qosClass\":\"BestEffort\"}");
    }

    private static ObjectNode status(PodWorld world) {
        return new PodStatusTree(
                        world.view(), NODE, JsonMapper.shared().createObjectNode(), world.now())
                .made();
    }

    private static String waiting(JsonNode status, int container) {
        return Resource.text(
                status.path("containerStatuses").path(container).path("state").path("waiting"),
                "reason");
    }

    private static String message(JsonNode status, String type) {
        return Resource.text(
                Conditions.find(status.path("conditions"), type).orElseThrow(), "message");
    }

    private static String time(JsonNode status, String type) {
        return Resource.text(
                Conditions.find(status.path("conditions"), type).orElseThrow(),
                "lastTransitionTime");
    }
}
