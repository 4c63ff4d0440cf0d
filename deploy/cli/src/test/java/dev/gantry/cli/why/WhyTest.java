package dev.gantry.cli.why;

import static dev.gantry.cli.world.Sample.NOON;
import static dev.gantry.cli.world.Sample.PROFILES;
import static dev.gantry.cli.world.Sample.node;
import static dev.gantry.cli.world.Sample.object;
import static dev.gantry.cli.world.Sample.pod;
import static dev.gantry.cli.world.Sample.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Profiles;
import dev.gantry.scheduler.placement.PublishedProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyTest {
    @Test
    void aPlacedPodTellsWhatWasDecidedAndWhatWouldBeToday() {
        Resource web = podOn("a", "web", "1", 0);
        Resource.child(web.mutableMetadata(), "annotations")
                .put(
                        "gantry.dev/decision",
                        "{\"node\":\"a\",\"score\":600,\"runnerUp\":\"b\",\"runnerUpScore\":590,"
                                + "\"nodes\":3,\"feasible\":2,\"ruledOut\":{\"NodeResourcesFit\":1},"
                                + "\"tookMicros\":41}");

        assertThat(text(web, node("a", 4, "'unschedulable':true"), node("b", 4, "")))
                .contains(
                        "pod default/web is on a",
                        "  2 of 3 nodes fitted; ruled out 1 by NodeResourcesFit",
                        "  it scored 600; the runner-up b scored 590",
                        "Its own node would not take it:",
                        "    were unschedulable")
                .anyMatch(line -> line.startsWith("Were it placed today, it would go to b (score"))
                .anyMatch(line -> line.contains(" in 41 µs"));
    }

    @Test
    void aPendingPodTellsWhatEachNodeLacksAndWhatWouldHelp() {
        assertThat(text(pod("web", "3", ""), node("a", 2, ""), podOn("a", "old", "800m", 0)))
                .containsExactly(
                        "pod default/web fits nowhere",
                        "  0/1 nodes are available: 1 Insufficient cpu. no new claims to"
                                + " deallocate, preemption: 0/1 nodes are available: 1 Preemption"
                                + " is not helpful for scheduling.",
                        "",
                        "What each node lacks:",
                        "  a",
                        "    insufficient cpu: asks for 3, 1200m of 2 is free",
                        "",
                        "It",
                        "  fits on a if its cpu request were ≤ 1200m");
    }

    @Test
    void alikeNodesStandTogether() {
        List<Resource> nodes = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            nodes.add(node("n" + i, 1, ""));
        }
        Resource[] all = nodes.toArray(Resource[]::new);

        assertThat(text(pod("web", "3", ""), all)).contains("  9 nodes: n1, n2, n3, …");
        assertThat(WhyText.complete(ask(pod("web", "3", ""), all)))
                .contains("  n1, n2, n3, n4, n5, n6, n7, n8, n9");
    }

    @Test
    void aGatedPodNamesItsGates() {
        Resource gated = pod("web", "1", ",'schedulingGates':[{'name':'example.com/wait'}]");

        assertThat(text(gated, node("a", 2, "")))
                .containsExactly(
                        "pod default/web must not be placed yet; it would fit on a",
                        "  its scheduling gates hold it: example.com/wait");
    }

    @Test
    void aPodOfAnotherSchedulerIsNotOurs() {
        Resource theirs =
                object(
                        pod("web", "1", "")
                                .tree()
                                .toString()
                                .replace("default-scheduler", "theirs"));

        assertThat(text(theirs, node("a", 2, "")))
                .contains("  it waits for the scheduler theirs, which is not Gantry's");
    }

    @Test
    void aPodThatOursHasSpokenOfIsOurs() {
        Resource ours =
                object(pod("web", "9", "").tree().toString().replace("default-scheduler", "web"));
        Resource.child(ours.mutableMetadata(), "annotations")
                .put("gantry.dev/decision", "{\"nodes\":1,\"feasible\":0}");

        assertThat(text(ours, node("a", 2, ""))).contains("pod default/web fits nowhere");
    }

    @Test
    void aPodForWhichOthersMadeWaySaysWhoAndWhoCouldStay() {
        Resource placed = pod("web", "1", ",'nodeName':'a'");
        Resource.child(placed.mutableMetadata(), "annotations")
                .put(
                        "gantry.dev/decision",
                        """
                        {"node":"a","nodes":1,"feasible":1,"preemption":{"node":"a",
                         "lowerPriority":4,"victims":["default/x"],"spared":["default/y"],
                         "brokenBudgets":1}}""");

        assertThat(text(placed, node("a", 2, "")))
                .contains(
                        "  1 of 4 pods of lower priority made way there: default/x",
                        "  1 of them against a disruption budget",
                        "  these could stay: default/y and 2 more");
    }

    @Test
    void aPodWhoseSchedulerIsAProfileIsPlacedByThatProfile() {
        String onlyB =
                """
                {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
                  {"matchExpressions":[
                    {"key":"kubernetes.io/hostname","operator":"In","values":["b"]}]}]}}
                """;
        Profiles profiles =
                PublishedProfiles.of(Map.of("web.added-affinity", onlyB), "packing").profiles();
        Resource ours =
                object(pod("web", "1", "").tree().toString().replace("default-scheduler", "web"));
        List<Resource> world = List.of(ours, node("a", 2, ""), node("b", 2, ""));

        WhyReport report =
                new Why(World.of(world), profiles, NOON).ask(World.pod("default", "web"));

        assertThat(WhyText.brief(report))
                .contains("pod default/web waits, and would be placed on b now");
    }

    @Test
    void aMissingClaimIsNamed() {
        String volume = ",'volumes':[{'name':'d','persistentVolumeClaim':{'claimName':'data'}}]";

        assertThat(text(pod("web", "1", volume), node("a", 2, "")))
                .contains(
                        "  there is no persistentvolumeclaim \"data\"",
                        "  fits on a if it did not use its volume d (claim data)");
    }

    @Test
    void aPodWithoutNodesHasNoSuggestions() {
        assertThat(text(pod("web", "1", "")))
                .contains("pod default/web fits nowhere", "  no nodes available to schedule pods");
    }

    @Test
    void jsonHasTheSameInNumbers() {
        var json = WhyJson.of(ask(pod("web", "3", ""), node("a", 2, "")));

        assertThat(json.at("/situation").asString()).isEqualTo("pending");
        assertThat(json.at("/suggestions/0/changes/0/change").asString()).isEqualTo("LowerRequest");
        assertThat(json.at("/suggestions/0/changes/0/most").asLong()).isEqualTo(2000);
    }

    private static List<String> text(Resource pod, Resource... others) {
        return WhyText.brief(ask(pod, others));
    }

    private static WhyReport ask(Resource pod, Resource... others) {
        List<Resource> all = new ArrayList<>(List.of(others));
        all.add(pod);
        return new Why(World.of(all), PROFILES, NOON).ask(World.pod(pod.namespace(), pod.name()));
    }
}
