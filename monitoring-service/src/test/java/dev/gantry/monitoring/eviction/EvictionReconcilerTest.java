package dev.gantry.monitoring.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.health.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EvictionReconcilerTest {
    private static final Instant NOW = Sample.NOW;
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private final EvictionReconciler reconciler = new EvictionReconciler();

    @Test
    void aPodThatDoesNotTolerateTheTaintLeavesAtOnce() {
        assertThat(look(pod(""), taints("out", 0), false).actions()).satisfies(evicts());
    }

    @Test
    void aPodThatLeavesSaysWhyFirst() {
        Resource pod = pod("");
        pod.mutableMetadata().put("generation", 3);
        List<Action> actions = look(pod, taints("out", 0), false).actions();

        var told = (Action.PutStatus) actions.getFirst();
        assertThat(told.object().status().path("conditions").path(0).toString())
                .contains(
                        "\"type\":\"DisruptionTarget\",\"status\":\"True\"",
                        "\"reason\":\"DeletionByTaintManager\"",
                        "\"message\":\"Taint manager: deleting due to NoExecute taint\"",
                        "\"observedGeneration\":3");
        assertThat(look(told.object(), taints("out", 0), false).actions())
                .as("whoever said so already")
                .singleElement()
                .isInstanceOf(Action.Delete.class);
    }

    @Test
    void aPodThatToleratesForSomeSecondsLeavesAfterThem() {
        Resource pod = pod(toleration(UNREACHABLE, ",'tolerationSeconds':30"));

        Plan<Action> early = look(pod, taints(UNREACHABLE, 10), false);
        assertThat(early.actions()).isEmpty();
        assertThat(early.requeueAt()).contains(NOW.plusSeconds(20));
        assertThat(look(pod, taints(UNREACHABLE, 30), false).actions()).satisfies(evicts());
    }

    @Test
    void aPodThatToleratesForGoodStays() {
        Plan<Action> plan = look(pod(toleration("out", "")), taints("out", 1000), false);
        assertThat(plan).isEqualTo(Plan.settled());
    }

    @Test
    void theShortestTolerationCounts() {
        Resource pod =
                pod(
                        toleration("out", ",'tolerationSeconds':300")
                                + ","
                                + toleration("out", ",'tolerationSeconds':5"));
        assertThat(look(pod, taints("out", 6), false).actions()).satisfies(evicts());
    }

    @Test
    void inMassSilenceUnreachableDrivesNobodyAway() {
        Resource pod = pod(toleration(UNREACHABLE, ",'tolerationSeconds':30"));

        Plan<Action> plan = look(pod, taints(UNREACHABLE, 60), true);
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.requeueAt()).isPresent();
        assertThat(look(pod(""), taints("out", 0), true).actions())
                .as("a user's taint still counts")
                .satisfies(evicts());
    }

    @Test
    void tolerationsCompareAsTheyDoForTheScheduler() {
        JsonNode taint = Sample.object("{'key':'slots','value':'5','effect':'NoExecute'}").tree();
        String toleration = "{'key':'slots','operator':'Gt','value':'%d'}";

        assertThat(look(pod(toleration.formatted(4)), List.of(taint), false))
                .isEqualTo(Plan.settled());
        assertThat(look(pod(toleration.formatted(5)), List.of(taint), false).actions())
                .satisfies(evicts());
    }

    @Test
    void aLimitCountsAlsoWhereAnotherTolerationHasNone() {
        Resource pod = pod(toleration("out", ",'tolerationSeconds':5") + "," + toleration("", ""));
        assertThat(look(pod, taints("out", 6), false).actions()).satisfies(evicts());
    }

    private static Consumer<List<? extends Action>> evicts() {
        return actions -> assertThat(actions).last().isInstanceOf(Action.Delete.class);
    }

    private Plan<Action> look(Resource pod, List<JsonNode> taints, boolean isMassSilence) {
        return reconciler.reconcile(new EvictionView(pod, taints, isMassSilence), NOW);
    }

    private static List<JsonNode> taints(String key, int secondsAgo) {
        List<JsonNode> taints = new ArrayList<>();
        String json = "{'key':'%s','effect':'NoExecute','timeAdded':'%s'}";
        taints.add(Sample.object(json.formatted(key, NOW.minusSeconds(secondsAgo))).tree());
        return taints;
    }

    private static String toleration(String key, String more) {
        return "{'key':'%s','operator':'Exists','effect':'NoExecute'%s}".formatted(key, more);
    }

    private static Resource pod(String tolerations) {
        String json =
                "{'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':{'tolerations':[%s]}}";
        return Sample.object(json.formatted(tolerations));
    }
}
