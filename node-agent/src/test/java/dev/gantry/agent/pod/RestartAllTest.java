package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pods of which one container's end starts all of them again. */
class RestartAllTest {
    private static final String RULES =
            """
            "restartPolicy": "Never", "restartPolicyRules": [{"action": "RestartAllContainers", "exitCodes": {"operator": "In", "values": [42]}}]
            """;
    private static final String POD =
            """
            {"restartPolicy": "Never",
             "initContainers": [{"name": "first", "image": "i"}, {"name": "side", "image": "i", "restartPolicy": "Always"}],
             "containers": [{"name": "asks", "image": "i", %s}, {"name": "main", "image": "i", "lifecycle": {"preStop": {"sleep": {"seconds": 20}}}}, {"name": "done", "image": "i"}],
             "ephemeralContainers": [{"name": "look", "image": "i"}]}
            """
                    .formatted(RULES);

    @Test
    void startsAllAgainInTheSameSandboxFromTheFirstInitContainer() {
        PodWorld world = running();
        String sandbox = world.view().readySandbox().orElseThrow().id();
        world.exitOf("asks", 42);
        List<PodAction> done = settle(world);
        assertThat(names(done, PodAction.Stop.class)).containsExactlyInAnyOrder("side", "main");
        assertThat(names(done, PodAction.RemoveContainer.class))
                .as("what asked for it goes last")
                .containsExactlyInAnyOrder("first", "side", "main", "done", "asks")
                .endsWith("asks");
        assertThat(done).last().isInstanceOf(PodAction.Start.class);
        assertThat(runs(world)).containsExactly("look", "first");
        world.exitOf("first", 0);
        settle(world);
        assertThat(runs(world)).containsExactly("look", "side", "asks", "main", "done");
        for (String each : List.of("first", "side", "asks", "main", "done")) {
            assertThat(world.view().newest(each).orElseThrow().restartCount()).isEqualTo(1);
        }
        assertThat(world.view().newest("look").orElseThrow().restartCount()).isZero();
        assertThat(world.view().readySandbox().orElseThrow().id()).isEqualTo(sandbox);
    }

    @Test
    void givesTwoSecondsWhateverThePodsGraceAndRunsNoHook() {
        PodWorld world = running();
        world.stoppingUntil("main", world.now().plusSeconds(30));
        world.exitOf("asks", 42);
        Instant deadline = world.now().plusSeconds(2);
        assertThat(world.plan())
                .hasSize(2)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .isInstanceOfSatisfying(
                                                PodAction.Stop.class,
                                                stop -> {
                                                    assertThat(stop.deadline()).isEqualTo(deadline);
                                                    assertThat(stop.container().hook("preStop"))
                                                            .isEmpty();
                                                }));
        world.stoppingUntil("main", deadline);
        world.stoppingUntil("side", deadline);
        world.pass(1);
        assertThat(world.plan()).as("nothing is asked for twice").isEmpty();
    }

    @Test
    void tellsOfItAsLongAsItLasts() {
        PodWorld world = running();
        assertThat(restarting(world.report()).path("status").asString()).isEqualTo("False");
        world.exitOf("asks", 42);
        List<JsonNode> told = new ArrayList<>();
        settle(world, told);
        JsonNode first = told.getFirst();
        assertThat(restarting(first).path("status").asString()).isEqualTo("True");
        assertThat(restarting(first).path("reason").asString())
                .isEqualTo("RestartAllContainersStarted");
        assertThat(restarting(first).path("message").asString())
                .isEqualTo("container exited with restart policy rule");
        JsonNode cleared =
                told.stream()
                        .filter(each -> restarting(each).path("status").asString().equals("False"))
                        .findFirst()
                        .orElseThrow();
        JsonNode main = cleared.path("containerStatuses").path(1);
        assertThat(main.at("/state/waiting/reason").asString())
                .isEqualTo("RestartingAllContainers");
        assertThat(main.at("/lastState/terminated/reason").asString())
                .isEqualTo("RestartingAllContainers");
        assertThat(main.at("/lastState/terminated/exitCode").asInt()).isEqualTo(137);
        assertThat(main.path("restartCount").asInt()).isEqualTo(1);
        JsonNode last = told.getLast();
        assertThat(last.at("/containerStatuses/1/state/waiting/reason").asString())
                .as("waits for the init container")
                .isEqualTo("PodInitializing");
        assertThat(told)
                .allSatisfy(
                        each ->
                                assertThat(
                                                Conditions.isTrue(
                                                        each.path("conditions"), "Initialized"))
                                        .isTrue())
                .noneMatch(each -> Resource.text(each, "phase").equals("Failed"));
        assertThat(Resource.text(last, "phase")).isEqualTo("Pending");
    }

    @Test
    void anAgentThatBeginsInTheMiddleGoesOn() {
        PodWorld world = running();
        world.exitOf("asks", 42);
        for (int step = 0; step < 8; step++) {
            world.report();
            world.plan().forEach(world::perform);
            world.agentBeginsAnew();
            world.pass(1);
        }
        world.exitOf("first", 0);
        settle(world);
        assertThat(runs(world)).containsExactly("look", "side", "asks", "main", "done");
        for (String each : List.of("first", "side", "asks", "main", "done")) {
            assertThat(world.view().newest(each).orElseThrow().restartCount())
                    .as(each)
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsKilledDoesNotAskForMore() {
        var world =
                new PodWorld(
                        """
                        {"containers": [{"name": "a", "image": "i", %1$s}, {"name": "b", "image": "i", %1$s}]}
                        """
                                .formatted(RULES.replace("In", "NotIn").replace("[42]", "[0]")));
        settle(world);
        world.exitOf("a", 1);
        List<PodAction> done = settle(world);
        assertThat(names(done, PodAction.RemoveContainer.class)).containsExactly("b", "a");
        assertThat(runs(world)).containsExactly("a", "b");
    }

    @Test
    void waitsForNoBackOffAndCountsOnFromFormerCrashes() {
        PodWorld world =
                new PodWorld(
                        """
                        {"containers": [{"name": "a", "image": "i", %s}]}
                        """
                                .formatted(RULES.replace("Never", "Always")));
        settle(world);
        for (int code : List.of(1, 1, 42)) {
            world.exitOf("a", code);
            world.pass(60);
            settle(world);
        }
        world.exitOf("a", 42);
        settle(world);
        assertThat(runs(world)).containsExactly("a");
        assertThat(world.view().newest("a").orElseThrow().restartCount()).isEqualTo(4);
    }

    @Test
    void removesNothingThatAsksWhileAStartIsUnderWay() {
        PodWorld world = running();
        world.exitOf("asks", 42);
        world.startingIs("done");
        world.report();
        world.plan().forEach(world::perform);
        world.report();
        assertThat(world.plan()).isEmpty();
        world.startingIsOver("done");
        assertThat(world.plan()).isNotEmpty();
    }

    @Test
    void anInitContainerMayAskForIt() {
        PodWorld world =
                new PodWorld(
                        """
                        {"restartPolicy": "Never",
                         "initContainers": [{"name": "first", "image": "i"}, {"name": "asks", "image": "i", %s}],
                         "containers": [{"name": "main", "image": "i"}]}
                        """
                                .formatted(RULES));
        settle(world);
        world.exitOf("first", 0);
        settle(world);
        world.exitOf("asks", 42);
        settle(world);
        assertThat(runs(world)).containsExactly("first");
        world.exitOf("first", 1);
        assertThat(PodPhase.of(world.view())).as("a new end counts").isEqualTo(PodPhase.FAILED);
    }

    @Test
    void aPodThatEndsOnlyEnds() {
        PodWorld world = running();
        world.delete(30);
        world.exitOf("asks", 42);
        assertThat(names(world.plan(), PodAction.Stop.class))
                .containsExactlyInAnyOrder("main", "look");
    }

    /** With one of its main containers done, and one that looks on. */
    private static PodWorld running() {
        var world = new PodWorld(POD);
        settle(world);
        world.exitOf("first", 0);
        settle(world);
        world.exitOf("done", 0);
        settle(world);
        assertThat(runs(world)).containsExactly("look", "side", "asks", "main");
        return world;
    }

    private static List<PodAction> settle(PodWorld world) {
        return settle(world, new ArrayList<>());
    }

    /** As a worker does: what is seen is told before anything is done. */
    private static List<PodAction> settle(PodWorld world, List<JsonNode> told) {
        List<PodAction> done = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            told.add(world.report().deepCopy());
            List<PodAction> wanted = world.plan();
            if (wanted.isEmpty()) {
                return done;
            }
            wanted.forEach(world::perform);
            done.addAll(wanted);
            world.pass(1);
        }
        throw new AssertionError("does not settle: " + done.subList(done.size() - 5, done.size()));
    }

    private static JsonNode restarting(JsonNode status) {
        return Conditions.find(status.path("conditions"), "AllContainersRestarting").orElseThrow();
    }

    private static List<String> runs(PodWorld world) {
        return world.view().containers().stream()
                .filter(SeenContainer::isRunning)
                .map(SeenContainer::name)
                .toList()
                .reversed();
    }

    private static List<String> names(List<PodAction> actions, Class<? extends PodAction> type) {
        return actions.stream()
                .filter(type::isInstance)
                .map(
                        each ->
                                switch (each) {
                                    case PodAction.Stop stop -> stop.container().name();
                                    case PodAction.RemoveContainer gone -> gone.container().name();
                                    default -> throw new AssertionError(each);
                                })
                .toList();
    }
}
