package dev.gantry.scheduler.placement.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final RankedScheduler scheduler = new RankedScheduler(Profile.PACKING);

    @Test
    void whatIsKeptNamesTheNodesThatEachRuleRuledOut() {
        node("node-1", "4", "");
        node("node-2", "1", "");
        node("node-3", "1", "");
        node("node-4", "4", "'unschedulable':true");

        var json = scheduler.place(Sample.podInfo("p", "2", "1Gi", ""), snapshot).explanation();

        assertThat(json.toJson().toString())
                .contains(
                        "\"ruledOut\":{\"NodeResourcesFit\":2,\"NodeUnschedulable\":1},"
                                + "\"ruledOutNodes\":{\"NodeResourcesFit\":\"node-[2,3]\","
                                + "\"NodeUnschedulable\":\"node-4\"}");
    }

    @Test
    void aPodThatNamesItsNodeIsToldOfAllTheOthers() {
        for (int i = 1; i <= 9; i++) {
            node("node-" + i, "4", "");
        }
        String pinned =
                """
                ,'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':
                  {'nodeSelectorTerms':[{'matchFields':[
                    {'key':'metadata.name','operator':'In','values':['node-4']}]}]}}}
                """;

        var placed = scheduler.place(Sample.podInfo("p", "2", "1Gi", pinned), snapshot);

        assertThat(placed.explanation().ruledOut())
                .containsExactly(Map.entry("NodeAffinity", new RuledOut(8, "node-[1-3,5-9]")));
    }

    @Test
    void whereNothingIsRuledOutNothingIsSaidOfIt() {
        node("node-1", "4", "");

        var json = scheduler.place(Sample.podInfo("p", "2", "1Gi", ""), snapshot).explanation();

        assertThat(json.toJson().toString())
                .contains("\"ruledOut\":{}")
                .doesNotContain("ruledOutNodes");
    }

    @Test
    void theNamesOfAllRulesTogetherAreBounded() {
        SortedMap<String, RuledOut> many = new TreeMap<>();
        for (char rule = 'A'; rule <= 'Z'; rule++) {
            many.put("Rule" + rule, new RuledOut(99, "n".repeat(100)));
        }
        var explanation =
                new Explanation(
                        99, 0, many, new TreeMap<>(), 0, Optional.empty(), Optional.empty());

        assertThat(explanation.toJson().path("ruledOutNodes").propertyNames())
                .containsExactly("RuleA", "RuleB", "RuleC", "RuleD");
        assertThat(explanation.toJson().path("ruledOut").size()).isEqualTo(26);
    }

    private void node(String name, String cpu, String spec) {
        snapshot.putNode(Sample.facts(name, cpu, "8Gi", spec));
    }
}
