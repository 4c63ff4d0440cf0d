package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.pod.PodResize.Actuation;
import dev.gantry.agent.pod.PodResize.Pending;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.status.PodStatusTree;
import dev.gantry.model.condition.Conditions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pods that are resized as they run. */
class PodResizeTest {
    private static final String SMALL =
            "{\"requests\": {\"cpu\": \"20m\", \"memory\": \"40M\"}, \"limits\": {\"cpu\": \"30m\", \"memory\": \"50M\"}}";
    private static final String LARGE =
            "{\"requests\": {\"cpu\": \"25m\", \"memory\": \"45M\"}, \"limits\": {\"cpu\": \"35m\", \"memory\": \"64Mi\"}}";

    @Test
    void aContainerThatRunsGetsWhatWasAllocatedAndThenItIsOver() {
        PodWorld world = pod(SMALL, "");
        world.allocate(0, LARGE);
        assertThat(condition(world, PodResize.IN_PROGRESS).path("status").asString())
                .isEqualTo("True");
        assertThat(world.plan())
                .singleElement()
                .isInstanceOfSatisfying(
                        PodAction.Resize.class, resize -> assertThat(resize.changes()).hasSize(1));
        List<PodAction> done = world.settle();
        assertThat(done).last().isEqualTo(new PodAction.FinishResize());
        assertThat(world.view().newest("main").orElseThrow().restartCount()).isZero();
        assertThat(condition(world, PodResize.IN_PROGRESS).isMissingNode()).isTrue();
    }

    @Test
    void initContainersAndSidecarsAreResizedAsTheyRun() {
        var world =
                new PodWorld(
                        """
                        {"initContainers": [{"name": "side", "image": "i", "restartPolicy": "Always", "resources": %1$s},
                                            {"name": "first", "image": "i", "resources": %1$s}],
                         "containers": [{"name": "main", "image": "i"}]}
                        """
                                .formatted(SMALL));
        world.settle();
        world.allocate("initContainers", 0, LARGE);
        world.allocate("initContainers", 1, LARGE);
        assertThat(resized(world.settle())).containsExactly("side", "first");
        world.exitOf("first", 0);
        world.settle();
        world.allocate("initContainers", 0, SMALL);
        world.allocate("initContainers", 1, SMALL);
        List<PodAction> done = world.settle();
        assertThat(resized(done)).as("the other one is over").containsExactly("side");
        assertThat(done).last().isEqualTo(new PodAction.FinishResize());
    }

    private static List<String> resized(List<PodAction> actions) {
        return actions.stream()
                .filter(PodAction.Resize.class::isInstance)
                .flatMap(each -> ((PodAction.Resize) each).changes().stream())
                .map(each -> each.container().name())
                .toList();
    }

    @Test
    void theStatusTellsWhatTheContainerReallyHas() {
        PodWorld world = pod(SMALL, "");
        world.allocate(0, LARGE);
        JsonNode before = status(world).path("containerStatuses").path(0);
        assertThat(before.path("resources"))
                .isEqualTo(
                        json(
                                "{\"requests\": {\"cpu\": \"20m\", \"memory\": \"45M\"}, \"limits\": {\"cpu\": \"30m\", \"memory\": \"50000000\"}}"));
        assertThat(before.path("allocatedResources"))
                .isEqualTo(json("{\"cpu\": \"25m\", \"memory\": \"45M\"}"));
        world.settle();
        assertThat(status(world).path("containerStatuses").path(0).path("resources"))
                .isEqualTo(json(LARGE));
    }

    @Test
    void whatIsTheSameToACgroupIsShownAsAllocated() {
        PodWorld world =
                pod("{\"requests\": {\"cpu\": \"1m\"}, \"limits\": {\"cpu\": \"5m\"}}", "");
        assertThat(status(world).path("containerStatuses").path(0).path("resources"))
                .isEqualTo(
                        json("{\"requests\": {\"cpu\": \"1m\"}, \"limits\": {\"cpu\": \"5m\"}}"));
    }

    @Test
    void aPolicyOfRestartStopsAContainerAndStartsItAgainHoweverItEnds() {
        PodWorld world =
                pod(
                        SMALL,
                        ", \"resizePolicy\": [{\"resourceName\": \"cpu\", \"restartPolicy\": \"RestartContainer\"}]");
        world.allocate(0, LARGE);
        assertThat(world.plan())
                .anySatisfy(
                        action ->
                                assertThat(action)
                                        .isInstanceOfSatisfying(
                                                PodAction.Restart.class,
                                                restart ->
                                                        assertThat(restart.stop().message())
                                                                .isEqualTo(
                                                                        "Container main resize requires restart")));
        world.restartEndsWell();
        world.settle();
        SeenContainer again = world.view().newest("main").orElseThrow();
        assertThat(again.isRunning()).isTrue();
        assertThat(again.restartCount()).isEqualTo(1);
        assertThat(world.view().memory().resize().actuation()).isEmpty();
        assertThat(world.view().memory().containers().crashes()).isEmpty();
    }

    @Test
    void aRuntimeThatTellsLateIsNotAskedTwice() {
        PodWorld world = pod(SMALL, "");
        world.allocate(0, LARGE);
        var wanted = new LinuxResources(100_000, 3500, 25, 64 << 20, 0);
        PodResize resize = world.view().memory().resize();
        world.resize(resize.isWritten(resize.actuation(), new TreeMap<>(Map.of("c0", wanted))));
        assertThat(world.plan()).containsExactly(new PodAction.FinishResize());
    }

    @Test
    void aFailureIsToldAndTriedAgainLater() {
        PodWorld world = pod(SMALL, "");
        world.allocate(0, LARGE);
        var until = new Stage.Failed("too small", world.now().plusSeconds(5));
        world.resize(
                world.view()
                        .memory()
                        .resize()
                        .hasFailed(new Actuation("too small", 2, world.now()), until));
        assertThat(world.plan()).isEmpty();
        assertThat(world.again()).hasValue(until.retryAt());
        JsonNode told = condition(world, PodResize.IN_PROGRESS);
        assertThat(told.path("reason").asString()).isEqualTo("Error");
        assertThat(told.path("message").asString()).isEqualTo("too small");
        world.pass(5);
        assertThat(world.settle()).last().isEqualTo(new PodAction.FinishResize());
    }

    @Test
    void whatBeginsWhileStepsAreTakenIsNotTakenForDone() {
        var first = new Actuation("", 2, PodWorld.START);
        var second = new Actuation("", 3, PodWorld.START.plusSeconds(1));
        PodResize resize = PodResize.NONE.begins(first).isUnderWay();
        var begun = resize.actuation();
        resize = resize.begins(second).isWritten(begun, new TreeMap<>());
        assertThat(resize.work()).isEqualTo(new Stage.Absent());
        assertThat(resize.actuation()).hasValue(second);
    }

    @Test
    void whatWaitsIsToldWithItsTimeAndGenerationAndKnownAgain() {
        PodWorld world = pod(SMALL, "");
        var pending = new Pending("Deferred", "no room", 7, PodWorld.START);
        world.resize(PodResize.NONE.waits(pending));
        JsonNode told = condition(world, PodResize.PENDING);
        assertThat(told.toPrettyString())
                .isEqualTo(
                        json("""
                                {"type": "PodResizePending", "status": "True", "reason": "Deferred", "message": "no room",
                                 "lastTransitionTime": "2026-11-24T10:00:00Z", "lastProbeTime": "2026-11-24T10:00:00Z", "observedGeneration": 7}
                                """)
                                .toPrettyString());
        assertThat(PodResize.of(status(world).path("conditions")).pending()).hasValue(pending);
        var later = new Pending("Deferred", "less room", 8, PodWorld.START.plusSeconds(9));
        assertThat(PodResize.NONE.waits(pending).waits(later).pending().orElseThrow().since())
                .isEqualTo(PodWorld.START);
    }

    private static PodWorld pod(String resources, String more) {
        var world =
                new PodWorld(
                        "{\"restartPolicy\": \"OnFailure\", \"containers\": [{\"name\": \"main\", \"image\": \"i:1\", \"resources\": %s%s}]}"
                                .formatted(resources, more));
        world.settle();
        return world;
    }

    private static JsonNode condition(PodWorld world, String type) {
        JsonNode status = status(world);
        return Conditions.find(status.path("conditions"), type).orElse(status.path("none"));
    }

    private static JsonNode status(PodWorld world) {
        var node = new NodeFacts("n", List.of("10.89.0.2"), List.of(), "c", new TreeMap<>());
        JsonNode none = JsonMapper.shared().createObjectNode();
        return new PodStatusTree(world.view(), node, none, world.now()).made();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
