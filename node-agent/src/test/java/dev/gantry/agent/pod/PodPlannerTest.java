package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodPlannerTest {
    private static final String INITS =
            """
            {"initContainers": [{"name": "first", "image": "i"}, {"name": "side", "image": "i", "restartPolicy": "Always"}, {"name": "second", "image": "i"}],
             "containers": [{"name": "main", "image": "i"}, {"name": "other", "image": "i"}]}
            """;

    @Test
    void beginsWithSandboxAndVolumesAtOnce() {
        assertThat(PodWorld.of("main").plan())
                .containsExactly(new PodAction.PrepareVolumes(), new PodAction.CreateSandbox(0));
    }

    @Test
    void waitsForTheNetworkOfTheNode() {
        PodWorld world = PodWorld.of("main");
        world.networkProblem(Optional.of("no plugin"));
        assertThat(world.plan())
                .containsExactly(
                        new PodAction.PrepareVolumes(), new PodAction.AwaitNetwork("no plugin"));
        assertThat(world.again()).hasValue(world.now().plusSeconds(1));
        world.networkProblem(Optional.empty());
        world.settle();
        assertThat(running(world)).containsExactly("main");
        world.networkProblem(Optional.of("no plugin"));
        assertThat(world.plan()).as("what runs, runs on").isEmpty();
    }

    @Test
    void needsNoNetworkOfTheNodeForAPodOnTheHosts() {
        var world =
                new PodWorld(
                        """
                        {"hostNetwork": true, "containers": [{"name": "main", "image": "i"}]}
                        """);
        world.networkProblem(Optional.of("no plugin"));
        world.settle();
        assertThat(running(world)).containsExactly("main");
    }

    @Test
    void startsAllMainContainersTogether() {
        PodWorld world = PodWorld.of("a", "b");
        world.plan().forEach(world::perform);
        assertThat(started(world.plan())).containsExactly("a", "b");
        world.settle();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.RUNNING);
        assertThat(world.plan()).isEmpty();
    }

    @Test
    void runsInitContainersOneByOneAndKeepsSidecars() {
        var world = new PodWorld(INITS);
        world.settle();
        assertThat(running(world)).containsExactly("first");
        world.exitOf("first", 0);
        world.settle();
        assertThat(running(world)).containsExactly("side", "second");
        world.exitOf("second", 0);
        world.settle();
        assertThat(running(world)).containsExactly("side", "main", "other");
        world.exitOf("side", 1);
        world.settle();
        assertThat(world.view().newest("side").orElseThrow().restartCount()).isEqualTo(1);
        assertThat(running(world)).contains("side");
    }

    @Test
    void waitsForASidecarThatHasNotStarted() {
        var world =
                new PodWorld(
                        INITS.replace(
                                "\"restartPolicy\": \"Always\"",
                                "\"restartPolicy\": \"Always\", \"startupProbe\": {\"exec\": {}}"));
        world.settle();
        world.exitOf("first", 0);
        world.settle();
        assertThat(running(world)).containsExactly("side");
        world.probe("side", ProbeVerdict.UNPROBED);
        world.settle();
        assertThat(running(world)).containsExactly("side", "second");
    }

    @Test
    void startsEphemeralContainersOnceBesideWhateverRuns() {
        var world =
                new PodWorld(
                        INITS.replaceFirst(
                                "\\{",
                                """
                                {"ephemeralContainers": [
                                  {"name": "look", "image": "i", "targetContainerName": "first"},
                                  {"name": "late", "image": "i", "targetContainerName": "main"}],
                                """));
        world.plan().forEach(world::perform);
        assertThat(started(world.plan()))
                .as("before the init containers")
                .startsWith("look", "late");
        world.settle();
        assertThat(running(world)).containsExactly("first", "look", "late");
        world.exitOf("look", 1);
        assertThat(world.plan()).as("it never runs again").isEmpty();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.PENDING);
    }

    @Test
    void anEphemeralContainerSharesTheProcessesOfItsTarget() {
        var world = PodWorld.of("main");
        world.settle();
        PodView before = world.view();
        var debugged =
                new PodWorld(
                                """
                                {"containers": [{"name": "main", "image": "i"}],
                                 "ephemeralContainers": [{"name": "look", "image": "i", "targetContainerName": "main"}]}
                                """)
                        .view()
                        .pod();
        var view =
                new PodView(
                        debugged,
                        true,
                        before.sandboxes(),
                        before.containers(),
                        Optional.empty(),
                        before.memory());
        assertThat(new PodPlanner().reconcile(view, world.now()).actions())
                .contains(
                        new PodAction.Start(
                                debugged.container("look").orElseThrow(),
                                0,
                                before.current("main").orElseThrow().id()));
    }

    @Test
    void restartsAtOnceTheFirstTimeAndThenBacksOff() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.exitOf("main", 1);
        assertThat(started(world.plan())).containsExactly("main");
        world.settle();
        world.exitOf("main", 1);
        assertThat(world.plan()).hasOnlyElementsOfType(PodAction.CrashLoopBackOff.class).hasSize(1);
        assertThat(world.again()).contains(world.now().plusSeconds(10));
        world.pass(10);
        world.settle();
        world.exitOf("main", 1);
        assertThat(world.again()).contains(world.now().plusSeconds(20));
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void endsAPodWhoseContainersEndedForGood() {
        var world =
                new PodWorld(
                        "{\"restartPolicy\": \"OnFailure\", \"containers\": [{\"name\": \"main\", \"image\": \"i\"}]}");
        world.settle();
        world.exitOf("main", 1);
        world.settle();
        assertThat(running(world)).containsExactly("main");
        world.exitOf("main", 0);
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(world.settle())
                .containsExactly(new PodAction.StopSandbox("s0"), new PodAction.ReleaseVolumes());
        assertThat(world.isRemoved()).isFalse();
    }

    @Test
    void failsAPodWhoseInitFailsAndMayNotBeRepeated() {
        var world = new PodWorld(INITS.replaceFirst("\\{", "{\"restartPolicy\": \"Never\", "));
        world.settle();
        world.exitOf("first", 2);
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
        world.settle();
        assertThat(running(world)).isEmpty();
    }

    @Test
    void restartsAContainerThatItsOwnRulesWantBack() {
        PodWorld world = withRules("In");
        world.settle();
        world.exitOf("main", 42);
        world.settle();
        assertThat(running(world)).containsExactly("main");
        world.exitOf("main", 1);
        world.settle();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
    }

    @Test
    void aRuleMayMeanAllExitCodesButSome() {
        PodWorld world = withRules("NotIn");
        world.settle();
        world.exitOf("main", 1);
        world.settle();
        assertThat(running(world)).containsExactly("main");
        world.exitOf("main", 42);
        world.settle();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
    }

    @Test
    void repeatsAnInitContainerAsItsOwnRulesSay() {
        String rules =
                "\"restartPolicy\": \"Never\", \"restartPolicyRules\": [{\"action\": \"Restart\","
                        + " \"exitCodes\": {\"operator\": \"In\", \"values\": [42]}}], ";
        var world =
                new PodWorld(
                        INITS.replaceFirst(
                                "\\{\"name\": \"first\"", "{" + rules + "\"name\": \"first\""));
        world.settle();
        world.exitOf("first", 42);
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.PENDING);
        world.settle();
        assertThat(running(world)).containsExactly("first");
        world.exitOf("first", 1);
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
    }

    private static PodWorld withRules(String operator) {
        return new PodWorld(
                """
                {"restartPolicy": "Never", "containers": [{"name": "main", "image": "i:1", "restartPolicy": "Never",
                 "restartPolicyRules": [{"action": "Restart", "exitCodes": {"operator": "%s", "values": [42, 43]}}]}]}
                """
                        .formatted(operator));
    }

    @Test
    void restartsAContainerWhoseImageChanged() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.changeImage(0, "i:2");
        assertThat(world.plan())
                .singleElement()
                .isInstanceOfSatisfying(
                        PodAction.Restart.class,
                        restart ->
                                assertThat(restart.stop().message())
                                        .isEqualTo(
                                                "Container main definition changed, will be restarted"));
        world.settle();
        assertThat(world.view().newest("main").orElseThrow().status().imageName()).isEqualTo("i:2");
    }

    @Test
    void restartsAContainerThatIsNotAlive() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.probe("main", new ProbeVerdict(true, true, Optional.of(ProbeKind.LIVENESS)));
        assertThat(world.plan()).singleElement().isInstanceOf(PodAction.Stop.class);
        world.stoppingUntil("main", world.now().plusSeconds(30));
        assertThat(world.plan()).isEmpty();
    }

    @Test
    void aPodThatIsEvictedHasNoTimeToSayGoodbye() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.perform(new PodAction.FailPod(new PodFailure(PodFailure.EVICTED, "no room")));
        assertThat(world.plan())
                .singleElement()
                .isInstanceOfSatisfying(
                        PodAction.Stop.class,
                        stop -> assertThat(stop.deadline()).isEqualTo(world.now().plusSeconds(1)));
    }

    @Test
    void makesANewSandboxWhenTheOldOneDiedAndRunsEverythingAgain() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.exitOf("main", 137);
        world.killSandbox("s0");
        assertThat(world.plan()).containsExactly(new PodAction.CreateSandbox(1));
        world.settle();
        assertThat(world.view().current("main").orElseThrow().restartCount()).isEqualTo(1);
    }

    @Test
    void stopsWhatStillRunsInADeadSandboxFirst() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.killSandbox("s0");
        assertThat(world.plan()).singleElement().isInstanceOf(PodAction.Stop.class);
    }

    @Test
    void deletesInOrderContainersSandboxVolumesAndThenItself() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.delete(5);
        List<PodAction> done = world.settle();
        assertThat(done.get(0)).isInstanceOf(PodAction.Stop.class);
        assertThat(done.subList(1, 4))
                .containsExactly(
                        new PodAction.StopSandbox("s0"),
                        new PodAction.ReleaseVolumes(),
                        new PodAction.RemovePod());
        assertThat(world.isRemoved()).isTrue();
    }

    @Test
    void stopsSidecarsLastAndInReverse() {
        var world =
                new PodWorld(
                        """
                        {"initContainers": [{"name": "s1", "image": "i", "restartPolicy": "Always"}, {"name": "s2", "image": "i", "restartPolicy": "Always"}],
                         "containers": [{"name": "main", "image": "i"}]}
                        """);
        world.settle();
        world.delete(5);
        List<String> order =
                world.settle().stream()
                        .filter(PodAction.Stop.class::isInstance)
                        .map(each -> ((PodAction.Stop) each).container().name())
                        .toList();
        assertThat(order).containsExactly("main", "s2", "s1");
    }

    @Test
    void stopsSoonerWhenSomebodyLosesPatience() {
        PodWorld world = PodWorld.of("main");
        world.settle();
        world.delete(30);
        world.stoppingUntil("main", world.now().plusSeconds(30));
        assertThat(world.plan()).isEmpty();
        world.delete(0);
        assertThat(world.plan())
                .singleElement()
                .isInstanceOfSatisfying(
                        PodAction.Stop.class,
                        stop -> assertThat(stop.deadline()).isEqualTo(world.now()));
    }

    @Test
    void waitsForAStartUnderWayBeforeItEndsThePod() {
        PodWorld world = PodWorld.of("main");
        world.plan().forEach(world::perform);
        world.startingIs("main");
        world.delete(1);
        assertThat(world.plan()).isEmpty();
    }

    @Test
    void failsAPodPastItsDeadline() {
        var world =
                new PodWorld(
                        "{\"activeDeadlineSeconds\": 60, \"containers\": [{\"name\": \"main\", \"image\": \"i\"}]}");
        world.settle();
        assertThat(world.again()).contains(PodWorld.START.plusSeconds(60));
        world.pass(60);
        world.settle();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
        assertThat(running(world)).isEmpty();
    }

    @Test
    void waitsAsLongAsAProblemSays() {
        PodWorld world = PodWorld.of("main");
        world.plan().forEach(world::perform);
        var problem =
                new StartProblem("ErrImagePull", "no", world.now(), world.now().plusSeconds(10), 1);
        world.problem("main", problem);
        assertThat(world.plan()).isEmpty();
        assertThat(world.again()).contains(world.now().plusSeconds(2));
        world.pass(5);
        assertThat(
                        ContainerWaits.of(
                                        world.view(),
                                        world.view().pod().mains().getFirst(),
                                        world.now())
                                .orElseThrow()
                                .reason())
                .isEqualTo("ImagePullBackOff");
        world.pass(5);
        assertThat(started(world.plan())).containsExactly("main");
    }

    @Test
    void keepsTwoTriesOfAContainer() {
        PodWorld world = PodWorld.of("main");
        for (int i = 0; i < 4; i++) {
            world.settle();
            world.exitOf("main", 1);
            world.pass(400);
        }
        world.settle();
        assertThat(world.view().containers()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverRunsTwiceAndAlwaysEndsWhenDeleted(long seed) {
        var random = new Random(seed);
        var world = new PodWorld(INITS);
        for (int step = 0; step < 200; step++) {
            disturb(world, random);
            world.plan().forEach(world::perform);
            world.pass(random.nextInt(20));
            assertSafe(world, seed);
        }
        world.delete(random.nextInt(5));
        world.settle();
        assertThat(world.isRemoved()).as("replay with seed %d", seed).isTrue();
        assertThat(running(world)).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    private static void disturb(PodWorld world, Random random) {
        List<String> names = running(world);
        if (!names.isEmpty() && random.nextInt(3) == 0) {
            String victim = names.get(random.nextInt(names.size()));
            world.exitOf(victim, random.nextInt(2));
        }
        if (random.nextInt(20) == 0) {
            world.view().readySandbox().ifPresent(each -> world.killSandbox(each.id()));
        }
    }

    private static void assertSafe(PodWorld world, long seed) {
        List<String> names = running(world);
        assertThat(names).as("replay with seed %d", seed).doesNotHaveDuplicates();
        boolean mainsRun = names.contains("main") || names.contains("other");
        boolean initsRun = names.contains("first") || names.contains("second");
        assertThat(mainsRun && initsRun && world.view().readySandbox().isPresent())
                .as("replay with seed %d", seed)
                .isFalse();
    }

    private static List<String> started(List<PodAction> actions) {
        return actions.stream()
                .flatMap(each -> each instanceof PodAction.Start s ? Stream.of(s) : Stream.empty())
                .map(each -> each.container().name())
                .toList();
    }

    private static List<String> running(PodWorld world) {
        return world.view().pod().containers().stream()
                .flatMap(
                        spec ->
                                world.view().containers().stream()
                                        .filter(c -> c.name().equals(spec.name()) && c.isRunning()))
                .map(SeenContainer::name)
                .toList();
    }

    @Test
    void doublesTheBackOffUpToFiveMinutesAndForgetsItAfterALongRun() {
        CrashBackoff entry = null;
        var now = PodWorld.START;
        for (long expected : new long[] {10, 20, 40, 80, 160, 300, 300}) {
            entry = CrashBackoff.next(entry, now, now);
            assertThat(entry.delay()).isEqualTo(Duration.ofSeconds(expected));
            assertThat(CrashBackoff.waitsUntil(entry, now, now))
                    .contains(now.plusSeconds(expected));
            now = now.plusSeconds(expected);
        }
        var later = now.plusSeconds(601);
        assertThat(CrashBackoff.waitsUntil(entry, later, later)).isEmpty();
        assertThat(CrashBackoff.next(entry, later, later).delay())
                .isEqualTo(Duration.ofSeconds(10));
    }
}
