package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class PreemptionCycleTest {
    private static final String WAITING =
            "not eligible due to terminating pod on the nominated node.";
    private static final String NEAR_X =
            ",'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                    + "{'topologyKey':'kubernetes.io/hostname',"
                    + "'labelSelector':{'matchLabels':{'app':'x'}}}]}}";
    private final DrivenCycle driven = new DrivenCycle();

    @Test
    void theLeastImportantPodsMakeWayAndNoMoreThanNeeded() {
        driven.ready(node("a", "4"));
        for (int priority = 1; priority <= 4; priority++) {
            driven.hear(bound("low" + priority, "1", priority, "a"));
        }
        driven.hear(pod("high", "2", ",'priority':10"));

        Binding decided = driven.decide().getFirst();

        assertThat(decided.node()).isEqualTo("a");
        assertThat(decided.nominatedNode()).isEqualTo("a");
        assertThat(decided.victims())
                .extracting(Binding.Pod::name)
                .containsExactlyInAnyOrder("low1", "low2");
        assertThat(decided.reason()).isEqualTo("Unschedulable");
        assertThat(decided.message()).isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(decided.explanation())
                .contains(
                        """
                        "preemption":{"node":"a","lowerPriority":4,\
                        "victims":["default/low2","default/low1"],\
                        "spared":["default/low3","default/low4"],"brokenBudgets":0}""");
    }

    @Test
    void whoeverGoesWhereOthersMadeWayKeepsWhatWasRuledOutBefore() {
        driven.ready(node("a", "2"), node("b", "1"));
        driven.hear(bound("low", "2", 1, "a"));
        driven.hear(pod("high", "2", ",'priority':10"));
        driven.decide();
        driven.hear(nominated(pod("high", "2", ",'priority':10"), "a"));
        driven.gone(bound("low", "2", 1, "a"));

        assertThat(driven.decide().getFirst().explanation())
                .contains("\"node\":\"a\"", "\"feasible\":1,")
                .contains(
                        """
                        "ruledOut":{"NodeResourcesFit":2},\
                        "ruledOutNodes":{"NodeResourcesFit":"a, b"}}""");
    }

    @Test
    void anExplanationNamesAsManyVictimsAsItHasRoomFor() {
        driven.ready(node("a", "20"));
        for (int i = 10; i < 30; i++) {
            driven.hear(bound("a-pod-with-a-rather-long-name-%d".formatted(i), "1", 1, "a"));
        }
        driven.hear(pod("high", "20", ",'priority':10"));

        Binding decided = driven.decide().getFirst();

        assertThat(decided.victims()).hasSize(20);
        assertThat(decided.explanation())
                .contains("\"lowerPriority\":20", "\"moreVictims\":13", "\"brokenBudgets\":0")
                .hasSizeLessThan(1200);
    }

    @Test
    void theNodeWithTheLowestVictimsIsChosen() {
        driven.ready(node("a", "1"), node("b", "1"), node("c", "1"));
        driven.hear(bound("on-a", "1", 5, "a"));
        driven.hear(bound("on-b", "1", 3, "b"));
        driven.hear(bound("on-c", "1", 7, "c"));
        driven.hear(pod("high", "1", ",'priority':10"));

        assertThat(driven.decide()).extracting(Binding::nominatedNode).containsExactly("b");
    }

    @Test
    void aBudgetIsKeptWhereAnotherNodeCanBeTaken() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(labelled(bound("guarded", "1", 1, "a")));
        driven.hear(bound("free", "1", 5, "b"));
        driven.hear(budget(0));
        driven.hear(pod("high", "1", ",'priority':10"));

        assertThat(driven.decide()).extracting(Binding::nominatedNode).containsExactly("b");
    }

    @Test
    void aBudgetIsBrokenWhereNothingElseHelps() {
        driven.ready(node("a", "1"));
        driven.hear(labelled(bound("guarded", "1", 1, "a")));
        driven.hear(budget(0));
        driven.hear(pod("high", "1", ",'priority':10"));

        assertThat(driven.decide()).extracting(Binding::nominatedNode).containsExactly("a");
    }

    @Test
    void whileVictimsLeaveNothingElseIsPreemptedAndThenThePodIsPlaced() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(bound("on-a", "1", 1, "a"));
        driven.hear(bound("on-b", "1", 2, "b"));
        driven.hear(pod("high", "1", ",'priority':10"));
        assertThat(driven.decide().getFirst().victims()).hasSize(1);

        driven.pass(20);
        driven.hear(leaving(bound("on-a", "1", 1, "a")));
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "a"));
        driven.sweep();
        assertThat(driven.decide()).isEmpty();

        driven.gone(bound("on-a", "1", 1, "a"));
        Binding placed = driven.decide().getFirst();
        assertThat(placed.node()).isEqualTo("a");
        assertThat(placed.victims()).isEmpty();
    }

    @Test
    void theNodeThatOthersMadeWayOnIsTakenEvenWhereAnotherScoresBetter() {
        driven.ready(node("a", "4"));
        driven.hear(bound("low", "4", 1, "a"));
        driven.hear(pod("high", "2", ",'priority':10"));
        driven.decide();
        driven.hear(leaving(bound("low", "4", 1, "a")));
        driven.hear(nominated(pod("high", "2", ",'priority':10"), "a"));
        driven.hear(node("b", "4"));
        driven.hear(bound("there", "2", 10, "b"));
        driven.gone(bound("low", "4", 1, "a"));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void whereTheNominatedNodeIsStillTakenAnyOtherWillDo() {
        driven.ready(node("a", "4"));
        driven.hear(bound("low", "4", 1, "a"));
        driven.hear(pod("high", "2", ",'priority':10"));
        driven.decide();
        driven.hear(leaving(bound("low", "4", 1, "a")));
        driven.hear(nominated(pod("high", "2", ",'priority':10"), "a"));
        driven.pass(20);
        driven.hear(node("b", "4"));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("b");
    }

    @Test
    void whoWaitsForVictimsOnANodeThatWillNotDoTakesOthers() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(preempted(bound("on-a", "1", 1, "a")));
        driven.hear(bound("on-b", "1", 2, "b"));
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "a"));
        assertThat(driven.decide().getFirst().message()).endsWith(WAITING);

        driven.hear(Sample.node("a", "1", "64Gi", "'unschedulable':true"));
        driven.pass(400);
        driven.sweep();

        Binding decided = driven.decide().getFirst();
        assertThat(decided.nominatedNode()).isEqualTo("b");
        assertThat(decided.victims()).extracting(Binding.Pod::name).containsExactly("on-b");
    }

    @Test
    void aPodThatLeavesForOtherReasonsIsNotWaitedFor() {
        driven.ready(node("a", "1"));
        driven.hear(leaving(bound("deleted", "1", 1, "a")));
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "a"));

        assertThat(driven.decide().getFirst().message()).doesNotContain("not eligible");
    }

    @Test
    void aPodThatMayNotPreemptKeepsItsNominatedNode() {
        driven.ready(node("a", "1"));
        driven.hear(bound("equal", "1", 10, "a"));
        String meek = ",'priority':10,'preemptionPolicy':'Never'";
        driven.hear(nominated(pod("meek", "1", meek), "a"));

        Binding told = driven.decide().getFirst();
        assertThat(told.message()).endsWith("not eligible due to preemptionPolicy=Never.");
        assertThat(told.isPlaced()).isFalse();
        assertThat(told.nominatedNode()).isEqualTo("a");

        driven.hear(pod("other", "1", ",'priority':5"));
        driven.gone(bound("equal", "1", 10, "a"));
        assertThat(driven.decide())
                .filteredOn(Binding::isPlaced)
                .extracting(Binding::name)
                .containsExactly("meek");
    }

    @Test
    void theNominatedSpaceIsKeptFromOthersButNotFromHigherPriority() {
        driven.ready(node("a", "1"));
        driven.hear(bound("low", "1", 1, "a"));
        driven.hear(pod("high", "1", ",'priority':10"));
        driven.decide();
        driven.hear(leaving(bound("low", "1", 1, "a")));
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "a"));
        driven.hear(pod("equal", "1", ",'priority':10"));
        driven.gone(bound("low", "1", 1, "a"));
        driven.hear(pod("highest", "1", ",'priority':20"));

        List<Binding> decided = driven.decide();

        assertThat(decided.getFirst().name()).isEqualTo("highest");
        assertThat(decided.getFirst().node()).isEqualTo("a");
        assertThat(decided).extracting(Binding::node).containsOnlyOnce("a");
    }

    @Test
    void saysInUpstreamsWordsWhyNobodyMakesWay() {
        driven.ready(node("a", "1"));
        driven.hear(bound("equal", "1", 10, "a"));
        driven.hear(pod("p", "1", ",'priority':10"));
        driven.hear(pod("meek", "1", ",'priority':20,'preemptionPolicy':'Never'"));

        assertThat(driven.decide())
                .extracting(Binding::message)
                .containsExactly(
                        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate,"
                                + " preemption: not eligible due to preemptionPolicy=Never.",
                        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate,"
                                + " preemption: 0/1 nodes are available: 1 No preemption victims"
                                + " found for incoming pod.");
    }

    @Test
    void aRefusedPreemptionLeavesEverythingAsItWas() {
        driven.ready(node("a", "1"));
        driven.hear(bound("low", "1", 1, "a"));
        driven.hear(pod("high", "1", ",'priority':10"));
        Binding refused = driven.decide().getFirst();

        driven.hear(new SchedulerInput.Rejected(refused));
        driven.pass(5);
        Binding again = driven.decide().getFirst();

        assertThat(again.victims()).isEqualTo(refused.victims());
    }

    @Test
    void aVictimThatHasFoundAnotherNodeStaysThereWhenThePreemptionIsRefused() {
        driven.ready(node("a", "1"));
        driven.hear(bound("low", "1", 1, "a"));
        driven.hear(pod("middle", "1", ",'priority':10"));
        driven.decide();
        driven.hear(pod("high", "1", ",'priority':20"));
        Binding refused = driven.decide().getFirst();
        assertThat(refused.victims()).extracting(Binding.Pod::name).contains("middle");
        driven.hear(nominated(pod("middle", "1", ",'priority':10"), "a"));
        driven.pass(20);
        driven.hear(node("b", "1"));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("b");

        driven.hear(new SchedulerInput.Rejected(refused));
        driven.hear(pod("late", "1", ""));

        assertThat(driven.decide()).noneMatch(Binding::isPlaced);
    }

    @Test
    void aVictimWhoseAntiAffinityKeepsThePodAwayMakesWay() {
        driven.ready(node("a", "4"));
        String apart =
                ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                        + "[{'labelSelector':{'matchLabels':{'app':'x'}},"
                        + "'topologyKey':'kubernetes.io/hostname'}]}}";
        driven.hear(pod("shy", "1", ",'nodeName':'a','priority':1" + apart));
        driven.hear(bound("calm", "1", 1, "a"));
        driven.hear(labelled(pod("high", "1", ",'priority':10")));

        assertThat(driven.decide().getFirst().victims())
                .extracting(Binding.Pod::name)
                .containsExactly("shy");
    }

    @Test
    void aGangHasOthersMakeWayForAllItsPodsInOneMessage() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(bound("on-a", "1", 1, "a"));
        driven.hear(gang("g1", 2));
        assertThat(driven.decide().getFirst().message())
                .isEqualTo("pod group \"team\" is waiting for 1 of its 2 pods");
        driven.hear(gang("g2", 2));

        List<Binding> decided = driven.decide();

        assertThat(decided).hasSize(1);
        assertThat(decided.getFirst().party().gang()).isEqualTo("team");
        assertThat(decided.getFirst().party().members()).hasSize(1);
        assertThat(nodes(decided.getFirst())).containsExactlyInAnyOrder("a", "b");
        assertThat(decided.getFirst().all())
                .extracting(Binding::explanation)
                .anyMatch(why -> why.contains("\"preemption\":{\"node\":\"a\""))
                .anyMatch(why -> why.contains("\"node\":\"b\",\"score\""))
                .allMatch(why -> why.contains("\"profile\":\"packing\""));
    }

    @Test
    void aGangGoesToTheNodesThatOthersMadeWayOnEvenWhereAnotherScoresBetter() {
        driven.ready(node("a", "2"));
        driven.hear(bound("low", "2", 1, "a"));
        driven.hear(gang("g1", 2));
        driven.hear(gang("g2", 2));
        driven.decide();
        driven.hear(leaving(bound("low", "2", 1, "a")));
        driven.hear(nominated(gang("g1", 2), "a"));
        driven.hear(nominated(gang("g2", 2), "a"));
        driven.hear(node("b", "4"));
        driven.hear(bound("there", "2", 10, "b"));
        driven.gone(bound("low", "2", 1, "a"));

        assertThat(nodes(driven.decide().getFirst())).containsExactly("a", "a");
    }

    @Test
    void aGangWhoseNominatedNodesWillNotDoGoesAnywhere() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(bound("on-a", "1", 1, "a"));
        driven.hear(bound("on-b", "1", 1, "b"));
        driven.hear(gang("g1", 2));
        driven.hear(gang("g2", 2));
        List<String> nominated = nodes(driven.decide().getFirst());
        driven.hear(nominated(gang("g1", 2), nominated.get(0)));
        driven.hear(nominated(gang("g2", 2), nominated.get(1)));
        driven.hear(node("c", "2"));
        driven.pass(20);

        assertThat(nodes(driven.decide().getFirst())).containsExactly("c", "c");
    }

    @Test
    void whoWantsToBeNearToAPodThatOthersMakeWayForWaitsUntilItIsThere() {
        driven.ready(node("a", "8"));
        driven.hear(onPort(bound("low", "1", 1, "a")));
        driven.hear(onPort(labelled(pod("high", "1", ",'priority':10"))));
        driven.hear(pod("follower", "1", NEAR_X));

        List<Binding> decided = driven.decide();
        assertThat(decided.getFirst().nominatedNode()).isEqualTo("a");
        assertThat(decided.getLast().message())
                .startsWith("0/1 nodes are available: 1 node(s) didn't match pod affinity rules.");

        driven.gone(bound("low", "1", 1, "a"));
        driven.hear(onPort(labelled(bound("high", "1", 10, "a"))));
        driven.pass(20);
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aPodThatANominationKeptOutIsTriedWhenTheNominatedPodGoes() {
        driven.ready(node("a", "3"));
        driven.hear(bound("low", "2", 1, "a"));
        driven.hear(pod("high", "3", ",'priority':10"));
        driven.decide();
        driven.hear(nominated(pod("high", "3", ",'priority':10"), "a"));
        driven.hear(pod("late", "2", ""));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("");

        driven.gone(bound("low", "2", 1, "a"));
        driven.gone(pod("high", "3", ",'priority':10"));
        driven.pass(20);

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void whereSomebodyElseNominatesAnotherNodeTheSpaceIsKeptThere() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(bound("on-a", "1", 20, "a"));
        driven.hear(bound("on-b", "1", 20, "b"));
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "a"));
        driven.decide();
        driven.hear(nominated(pod("high", "1", ",'priority':10"), "b"));
        driven.decide();

        driven.gone(bound("on-b", "1", 20, "b"));
        driven.hear(pod("late", "1", ""));

        assertThat(driven.decide())
                .as("at once, and nobody comes before it")
                .filteredOn(Binding::isPlaced)
                .extracting(Binding::name, Binding::node)
                .containsExactly(tuple("high", "b"));
    }

    @Test
    void aGangThatDoesNotFitWholeTakesNoSpaceAtAll() {
        driven.ready(node("a", "1"), node("b", "1"));
        driven.hear(gang("g1", 3));
        driven.hear(gang("g2", 3));
        driven.hear(gang("g3", 3));
        driven.decide();
        driven.hear(pod("small", "1", ",'priority':-1"));
        driven.hear(pod("other", "1", ",'priority':-1"));

        assertThat(driven.decide())
                .extracting(Binding::node)
                .as("the gang stands in nobody's way")
                .contains("a", "b");
    }

    private static List<String> nodes(Binding gang) {
        return List.of(gang.node(), gang.party().members().getFirst().node());
    }

    private static Resource node(String name, String cpu) {
        return Sample.node(name, cpu, "64Gi", "");
    }

    private static Resource pod(String name, String cpu, String moreSpec) {
        return Sample.pod(name, cpu, "1Mi", moreSpec);
    }

    private static Resource bound(String name, String cpu, int priority, String node) {
        return pod(name, cpu, ",'priority':%d,'nodeName':'%s'".formatted(priority, node));
    }

    private static Resource gang(String name, int size) {
        Resource pod = pod(name, "1", ",'priority':10");
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "team")
                .put("gantry.dev/pod-group-size", Integer.toString(size));
        return pod;
    }

    private static Resource onPort(Resource pod) {
        ((ObjectNode) pod.spec().path("containers").path(0))
                .putArray("ports")
                .addObject()
                .put("containerPort", 80)
                .put("hostPort", 80);
        return pod;
    }

    private static Resource labelled(Resource pod) {
        Resource.child(pod.mutableMetadata(), "labels").put("app", "x");
        return pod;
    }

    private static Resource leaving(Resource pod) {
        pod.mutableMetadata().put("deletionTimestamp", "2026-01-01T00:01:00Z");
        return pod;
    }

    private static Resource preempted(Resource pod) {
        Resource.child(pod.tree(), "status")
                .putArray("conditions")
                .addObject()
                .put("type", "DisruptionTarget")
                .put("status", "True")
                .put("reason", "PreemptionByScheduler");
        return leaving(pod);
    }

    private static Resource nominated(Resource pod, String node) {
        Resource.child(pod.tree(), "status").put("nominatedNodeName", node);
        pod.mutableMetadata().put("resourceVersion", "8");
        return pod;
    }

    private static Resource budget(int allowed) {
        return Sample.object(
                """
                {'apiVersion':'policy/v1','kind':'PodDisruptionBudget',
                 'metadata':{'name':'b','namespace':'default'},
                 'spec':{'selector':{'matchLabels':{'app':'x'}}},
                 'status':{'disruptionsAllowed':%d}}
                """
                        .formatted(allowed));
    }
}
