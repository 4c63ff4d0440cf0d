package dev.gantry.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import org.junit.jupiter.api.Test;

/** Weighed as in the profile: node affinity twice, taints three times. */
final class ShareTest {
    private static final String WISHES =
            ",'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
                    + "{'weight':1,'preference':{'matchExpressions':[{'key':'disk','operator':'Exists'}]}},"
                    + "{'weight':4,'preference':{'matchExpressions':[{'key':'gpu','operator':'Exists'}]}}]}}";

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final RankedScheduler scheduler = new RankedScheduler(Profile.PACKING);

    @Test
    void aPreferenceThatNoNodeMatchesTakesNothingFromTheOthers() {
        node("a", "'disk':'ssd'", "");
        node("b", "", "");

        assertThat(best(WISHES).node()).isEqualTo("a");
        assertThat(best(WISHES).byRule()).containsEntry("NodeAffinity", 200);
        assertThat(second(WISHES).byRule()).containsEntry("NodeAffinity", 0);
    }

    @Test
    void theBestNodeThatIsLeftIsTheWholeScale() {
        node("a", "'disk':'ssd'", "");
        node("b", "'gpu':'1'", "");
        assertThat(best(WISHES).byRule()).containsEntry("NodeAffinity", 200);
        assertThat(second(WISHES).byRule()).containsEntry("NodeAffinity", 50);

        node("b", "'gpu':'1'", "'unschedulable':true");
        assertThat(best(WISHES).node()).isEqualTo("a");
        assertThat(best(WISHES).byRule()).containsEntry("NodeAffinity", 200);
    }

    @Test
    void theNodeWithMostUnlovedTaintsGetsNothing() {
        node("a", "", taints("x", "y"));
        node("b", "", taints("x"));
        assertThat(best("").node()).isEqualTo("b");
        assertThat(best("").byRule()).containsEntry("TaintToleration", 150);
        assertThat(second("").byRule()).containsEntry("TaintToleration", 0);

        node("c", "", "");
        assertThat(best("").node()).isEqualTo("c");
        assertThat(best("").byRule()).containsEntry("TaintToleration", 300);
    }

    @Test
    void whereEverythingIsToleratedAllNodesAreAlike() {
        node("a", "", taints("x", "y"));
        node("b", "", taints("x"));
        String all = ",'tolerations':[{'operator':'Exists'}]";

        assertThat(best(all).byRule()).containsEntry("TaintToleration", 300);
        assertThat(second(all).byRule()).containsEntry("TaintToleration", 300);
    }

    @Test
    void withoutSuchTaintsThereIsNothingToScore() {
        node("a", "", taints("x"));
        node("a", "", "");

        assertThat(best("").byRule()).doesNotContainKey("TaintToleration");
    }

    private void node(String name, String labels, String spec) {
        snapshot.putNode(
                NodeFacts.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%s','labels':{%s}},'spec':{%s},
                                 'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'9'}}}
                                """
                                        .formatted(name, labels, spec))));
    }

    private static String taints(String... keys) {
        StringBuilder all = new StringBuilder();
        for (String each : keys) {
            all.append(all.isEmpty() ? "" : ",")
                    .append("{'key':'%s','effect':'PreferNoSchedule'}".formatted(each));
        }
        return "'taints':[" + all + "]";
    }

    private Scored best(String more) {
        return explanation(more).chosen().orElseThrow();
    }

    private Scored second(String more) {
        return explanation(more).runnerUp().orElseThrow();
    }

    private Explanation explanation(String more) {
        return scheduler.place(Sample.podInfo("p", "1", "1Gi", more), snapshot).explanation();
    }
}
