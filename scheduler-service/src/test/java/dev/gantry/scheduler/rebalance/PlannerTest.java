package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlannerTest {
    private static final String BY_ZONE =
            ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
                    + "'whenUnsatisfiable':'%s','labelSelector':{'matchLabels':{'app':'web'}}}]";

    @Test
    void emptiesTheLeastFilledNodeOntoFullerOnes() {
        RebalanceWorld world = almostEmptyNode();

        List<Move> moves = world.settled().plan();

        assertThat(moves).extracting(Move::from).containsExactly("a", "a");
        assertThat(moves).extracting(Move::to).containsExactly("b", "b");
        assertThat(moves.getFirst().why())
                .isEqualTo(
                        "to empty the node, which is 40% full: all that is on it fits on fuller ones");
        world.carryOut(moves);
        assertThat(world.nodesInUse()).isEqualTo(1);
        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void movesNothingUnlessTheWholeNodeBecomesEmpty() {
        var world = new RebalanceWorld("empty-nodes");
        world.node("a", "4");
        world.node("b", "4");
        world.pod("small", "a", 500);
        world.pod("large", "a", 1000);
        world.pod("web", "b", 3000);

        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void neverMovesToAnEmptyOrEmptierNode() {
        var world = new RebalanceWorld("empty-nodes");
        world.node("a", "4");
        world.node("b", "4");
        world.node("idle", "4");
        world.pod("small", "a", 1500);
        world.pod("web", "b", 3000);

        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void aPodThatMayNotMoveKeepsItsNode() {
        for (String metadata :
                List.of(
                        ",'annotations':{'gantry.dev/rebalance':'false'}",
                        ",'annotations':{'cluster-autoscaler.kubernetes.io/safe-to-evict':'false'}")) {
            RebalanceWorld world = almostEmptyNode();
            world.pod("stays", "a", 100, metadata, "");
            assertThat(world.settled().plan()).as(metadata).isEmpty();
        }
    }

    @Test
    void namespacesAndNodesMayOptOut() {
        RebalanceWorld world = almostEmptyNode();
        world.namespace("'gantry.dev/rebalance':'false'");
        assertThat(world.settled().plan()).isEmpty();
        world.namespace("");
        assertThat(world.plan()).isNotEmpty();
        world.node("a", "4", "z','gantry.dev/rebalance':'false", "");
        assertThat(world.plan()).isEmpty();
    }

    @Test
    void aNodeIsEmptyAlthoughADaemonRunsThere() {
        RebalanceWorld world = almostEmptyNode();
        Resource daemon = world.pod("daemon", "a", 100).copy();
        ((tools.jackson.databind.node.ObjectNode) daemon.metadata().path("ownerReferences").get(0))
                .put("kind", "DaemonSet");
        world.put(daemon);

        assertThat(world.settled().plan())
                .extracting(Move::workload)
                .containsExactlyInAnyOrder("one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'spec':{'unschedulable':true}",
                ",'spec':{'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}]}"
            })
    void aNodeThatIsCordonedOrUnwellIsLeftAlone(String spec) {
        RebalanceWorld world = almostEmptyNode();
        world.node("a", "4", "z", spec);

        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void budgetsAreCountedDownWithinAPlan() {
        RebalanceWorld world = almostEmptyNode();
        world.budget("one", 0);
        assertThat(world.settled().plan()).as("the node could not become empty").isEmpty();

        world.budget("one", 1);
        assertThat(world.plan()).hasSize(2);
    }

    @Test
    void ofOneWorkloadOnePodMovesAtATimeAndTheNextWhenItIsSettled() {
        var world = new RebalanceWorld("empty-nodes");
        world.node("a", "4");
        world.node("b", "4");
        world.node("c", "4");
        world.pod("one", "a", 200);
        world.pod("one", "a", 200);
        world.pod("web", "b", 3800);
        world.pod("web", "c", 3800);

        List<Move> first = world.settled().plan();
        assertThat(first).hasSize(1);
        world.carryOut(first);
        world.pass(Duration.ofMinutes(4));
        assertThat(world.plan()).isEmpty();
        assertThat(world.settled().plan()).hasSize(1);
    }

    @Test
    void aWorkloadWithAYoungPodIsLeftAlone() {
        RebalanceWorld world = almostEmptyNode();
        world.node("c", "4");
        world.pod("web", "c", 3000);
        world.settled();
        world.pod("one", "b", 100);
        world.pod("one", "c", 100);

        assertThat(world.plan()).extracting(Move::workload).containsExactly("two");
        world.pass(Duration.ofSeconds(299));
        assertThat(world.plan()).extracting(Move::workload).containsExactly("two");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.plan()).extracting(Move::workload).contains("one", "two");
    }

    @Test
    void whoCameBackToTheNodeThatItsLikeWasMovedOffStaysThereForAnHour() {
        RebalanceWorld world = almostEmptyNode();
        for (Move each : world.settled().plan()) {
            Resource evicted = world.evict(each);
            world.leave(each.pod());
            world.bind(world.succeed(evicted), "a");
        }

        assertThat(world.settled().plan()).isEmpty();
        world.pass(Duration.ofMinutes(54));
        assertThat(world.plan()).isEmpty();
        world.pass(Duration.ofMinutes(1));
        assertThat(world.plan()).hasSize(2);
    }

    @Test
    void waitsUntilNobodyIsToBeTriedAndNodesAreSettled() {
        RebalanceWorld world = almostEmptyNode();
        assertThat(world.quiescent()).as("nodes are new").isEmpty();
        world.settled();
        assertThat(world.quiescent()).isPresent();
        world.pod("huge", "", 100000);
        assertThat(world.quiescent()).as("a pod is to be tried").isEmpty();
        world.scheduleAll();
        assertThat(world.plan()).as("it fits nowhere").hasSize(2);
    }

    @Test
    void aWorkloadOfWhichAPodFitsNowhereIsLeftAlone() {
        RebalanceWorld world = almostEmptyNode();
        world.settled();
        world.pod("one", "", 100000);
        world.scheduleAll();

        assertThat(world.plan()).extracting(Move::workload).containsExactly("two");
    }

    @Test
    void stopsWhenThoseThatWereEvictedDoNotComeBack() {
        var world = new RebalanceWorld("empty-nodes");
        world.node("b", "4");
        world.pod("web", "b", 1000);
        for (int i = 0; i < 5; i++) {
            world.node("a" + i, "4");
            world.pod("w" + i, "a" + i, 200);
        }
        List<Move> first = world.settled().plan();
        assertThat(first).hasSize(3);
        for (Move each : first) {
            world.evict(each);
            world.leave(each.pod());
        }

        assertThat(world.settled().plan()).isEmpty();
        world.pass(Duration.ofHours(1));
        assertThat(world.plan()).hasSize(2);
    }

    @Test
    void whoTookOverWaitsForAMinuteMore() {
        RebalanceWorld world = almostEmptyNode();
        world.settled();
        world.takeOver();

        assertThat(world.settled().plan()).as("others may have moved pods just now").isEmpty();
        world.pass(Duration.ofSeconds(59));
        assertThat(world.plan()).isEmpty();
        world.pass(Duration.ofSeconds(1));
        assertThat(world.plan()).hasSize(2);
    }

    @Test
    void restoresTheDefaultSpreadOfAProfile() {
        Map<String, String> properties =
                Map.of("even.strategy", "spreading", "even.default-spread", "zone=1");
        var world =
                new RebalanceWorld(
                        Profiles.of(properties, "even"),
                        RebalanceSettings.of(Map.of("mode", "restore-spread")));
        world.node("a", "4", "z1", "");
        world.node("b", "4", "z2", "");
        for (int i = 0; i < 3; i++) {
            world.pod("web", "a", 500);
        }
        world.pod(
                "none", "a", 100, ",'annotations':{'gantry.dev/scheduling-profile':'packing'}", "");
        world.pod(
                "none", "a", 100, ",'annotations':{'gantry.dev/scheduling-profile':'packing'}", "");

        List<Move> moves = world.settled().plan();

        assertThat(moves).extracting(Move::workload).containsExactly("web");
        assertThat(moves.getFirst().why())
                .isEqualTo(
                        "to restore its spread over zone: maxSkew is 1, and 2 pods are too many"
                                + " where they are");
        world.carryOut(moves);
        assertThat(world.count("web", "b")).isEqualTo(1);
        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void aProfileThatSpreadsDoesNotFillNodes() {
        var world =
                new RebalanceWorld(
                        Profiles.of(Map.of(), Profiles.SPREADING),
                        RebalanceSettings.of(Map.of("mode", "both")));
        fill(world);

        assertThat(world.settled().plan()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DoNotSchedule", "ScheduleAnyway"})
    void restoresSpreadOverZones(String how) {
        var world = new RebalanceWorld("restore-spread");
        world.node("a", "4", "z1", "");
        world.node("b", "4", "z2", "");
        for (int i = 0; i < 4; i++) {
            world.pod("web", "a", 500, "", BY_ZONE.formatted(how));
        }

        List<Move> first = world.settled().plan();
        assertThat(first).extracting(Move::to).containsExactly("b");
        assertThat(first.getFirst().why())
                .isEqualTo(
                        "to restore its spread over zone: maxSkew is 1, and 3 pods are too many"
                                + " where they are");
        world.carryOut(first);
        world.carryOut(world.settled().plan());
        assertThat(world.count("web", "b")).isEqualTo(2);
        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void emptiesNoNodeAtThePriceOfSpread() {
        var world = new RebalanceWorld("both");
        world.node("a", "4", "z1", "");
        world.node("b", "4", "z2", "");
        world.pod("web", "a", 200, "", BY_ZONE.formatted("ScheduleAnyway"));
        world.pod("web", "b", 200, "", BY_ZONE.formatted("ScheduleAnyway"));
        world.pod("other", "b", 2000);

        assertThat(world.settled().plan()).isEmpty();
    }

    @Test
    void whoeverWasRefusedIsLeftAloneForAWhile() {
        RebalanceWorld world = almostEmptyNode();
        List<Move> moves = world.settled().plan();
        world.refuse(moves.getFirst());

        assertThat(world.plan()).containsExactly(moves.getLast());
        assertThat(world.settled().plan()).hasSize(2);
    }

    @Test
    void isTheSameEachTime() {
        RebalanceWorld world = almostEmptyNode();
        assertThat(world.settled().plan()).isEqualTo(world.plan()).isNotEmpty();
    }

    /** Node a holds two small pods that fit on b. */
    private static RebalanceWorld almostEmptyNode() {
        var world = new RebalanceWorld("empty-nodes");
        fill(world);
        return world;
    }

    private static void fill(RebalanceWorld world) {
        world.node("a", "4");
        world.node("b", "4");
        world.pod("one", "a", 800);
        world.pod("two", "a", 800);
        world.pod("web", "b", 2000);
    }
}
