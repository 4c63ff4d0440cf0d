package dev.gantry.cli.why;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static dev.gantry.cli.cluster.Sample.node;
import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static dev.gantry.cli.cluster.Sample.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.placement.profile.PublishedProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
                                + "\"ruledOutNodes\":{\"NodeResourcesFit\":\"c\"},"
                                + "\"scores\":{\"NodeResourcesFit\":[100,90],\"ImageLocality\":7},"
                                + "\"tookMicros\":41}");

        assertThat(text(web, node("a", 4, "'unschedulable':true"), node("b", 4, "")))
                .contains(
                        "pod default/web is on a",
                        "  2 of 3 nodes fitted; ruled out:",
                        "    1 by NodeResourcesFit (too little room): c",
                        "  it scored 600; the runner-up b scored 590",
                        "  where they differ: NodeResourcesFit 100 to 90",
                        "Its own node would not take it:",
                        "    were unschedulable")
                .anyMatch(line -> line.startsWith("Were it placed today, it would go to b (score"))
                .anyMatch(line -> line.contains(" in 41 µs"));
    }

    @Test
    void aPlacedPodTellsWhichOtherNodesWouldNotTakeItIfAsked() {
        Resource web = podOn("a", "web", "3", 0);
        Resource[] nodes = {node("a", 4, ""), node("b", 2, ""), node("c", 2, "")};

        assertThat(text(web, nodes)).endsWith("2 other nodes would not take it (-v says why).");
        assertThat(WhyText.complete(ask(web, nodes)))
                .endsWith(
                        "Other nodes would not take it:",
                        "  b, c",
                        "    insufficient cpu: asks for 3, 2 of 2 is free");
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

        assertThat(text(pod("web", "3", ""), all)).contains("  9 nodes: n[1-9]");
    }

    @Test
    void ofManyNodesWithoutNumbersSomeAreNamedUnlessAllAreAskedFor() {
        List<String> names = List.of("amber", "basalt", "copper", "dolomite", "emerald", "flint");
        Resource[] all =
                names.stream().map(each -> node("of-" + each, 1, "")).toArray(Resource[]::new);

        assertThat(text(pod("web", "3", ""), all))
                .contains("  6 nodes: of-amber, of-basalt, of-copper, of-dolomite and 2 more");
        assertThat(WhyText.complete(ask(pod("web", "3", ""), all)))
                .contains(
                        "  6 nodes: of-amber, of-basalt, of-copper, of-dolomite, of-emerald,"
                                + " of-flint");
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
                         "brokenBudgets":1,"ruledOut":{"NodeResourcesFit":1},
                         "ruledOutNodes":{"NodeResourcesFit":"a"}}}""");

        assertThat(text(placed, node("a", 2, "")))
                .contains(
                        "  before that no node fitted; ruled out:",
                        "    1 by NodeResourcesFit (too little room): a",
                        "  1 of 4 pods of lower priority there made way: default/x",
                        "  1 of them against a disruption budget",
                        "  these could stay: default/y and 2 more");
    }

    @Test
    void aPodThatWaitsForVictimsSaysWhoTheyAre() {
        Resource waiting = pod("web", "2", "");
        Resource.child(waiting.tree(), "status").put("nominatedNodeName", "a");
        Resource.child(waiting.mutableMetadata(), "annotations")
                .put(
                        "gantry.dev/decision",
                        "{'nodes':1,'preemption':{'lowerPriority':1,'victims':['default/x']}}"
                                .replace('\'', '"'));

        assertThat(text(waiting, node("a", 2, ""), podOn("a", "x", "1", -1)))
                .contains(
                        "pod default/web waits for room on a: pods there are making way for it",
                        "  1 of 1 pods of lower priority there make way: default/x");
    }

    @Test
    void aPodThatHadBeenNominatedSaysThatNoOtherWasAsked() {
        Resource placed = pod("web", "1", ",'nodeName':'a'");
        Resource.child(placed.mutableMetadata(), "annotations")
                .put(
                        "gantry.dev/decision",
                        "{\"node\":\"a\",\"nodes\":3,\"feasible\":1,\"ruledOut\":{}}");

        assertThat(text(placed, node("a", 2, "")))
                .contains("  it had been nominated to its node: the other 2 were not asked");
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
        List<Resource> cluster = List.of(ours, node("a", 2, ""), node("b", 2, ""));

        WhyReport report =
                new Why(ClusterObjects.of(cluster), profiles, NOON)
                        .ask(ClusterObjects.pod("default", "web"));

        assertThat(WhyText.brief(report))
                .contains("pod default/web waits, and would be placed on b now");
    }

    @Test
    void aMissingClaimIsNamed() {
        String volume = ",'volumes':[{'name':'d','persistentVolumeClaim':{'claimName':'data'}}]";

        assertThat(text(pod("web", "1", volume), node("a", 2, ""), node("b", 2, "")))
                .containsExactly(
                        "pod default/web fits nowhere",
                        "  0/2 nodes are available: persistentvolumeclaim \"data\" not found. not"
                                + " found",
                        "",
                        "Whatever the node:",
                        "  persistentvolumeclaim \"data\" not found",
                        "",
                        "It",
                        "  fits on a, b if there were a persistentvolumeclaim data that has a volume",
                        "  fits on a, b if it did not use its volume d (claim data)");
    }

    @Test
    void aClaimThatNobodyWillBindIsNamedWithItsClass() {
        String volume = ",'volumes':[{'name':'d','persistentVolumeClaim':{'claimName':'data'}}]";
        Resource claim =
                object(
                        "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':"
                                + "{'name':'data','namespace':'default'},"
                                + "'spec':{'storageClassName':'fast'}}");

        assertThat(text(pod("web", "1", volume), node("a", 2, ""), claim))
                .contains(
                        "  pod has unbound immediate PersistentVolumeClaims",
                        "  its claim data waits for a volume of class fast, and there is no such"
                                + " storage class",
                        "  fits on a if its claim data were bound to a volume");
    }

    @Test
    void aResourceThatAClassOfDevicesServesIsNotCountedOnNodes() {
        Resource device =
                object(
                        "{'apiVersion':'resource.k8s.io/v1','kind':'DeviceClass','metadata':"
                                + "{'name':'gpu'},'spec':{'extendedResourceName':'example.com/gpu'}}");
        Resource asking =
                object(
                        pod("web", "3", "")
                                .tree()
                                .toString()
                                .replace("\"memory\"", "\"example.com/gpu\":\"1\",\"memory\""));

        assertThat(text(asking, node("a", 2, ""), device))
                .containsSubsequence(
                        "  a",
                        "    insufficient cpu: asks for 3, 2 of 2 is free",
                        "    cannot allocate all claims",
                        "",
                        "It",
                        "  fits on a if its cpu request were ≤ 2 and it asked for no"
                                + " example.com/gpu")
                .noneMatch(line -> line.contains("0 of 0"));
    }

    @Test
    void taintsAreNamed() {
        String taints =
                "'taints':[{'key':'a','effect':'NoSchedule'},"
                        + "{'key':'b','value':'c','effect':'NoExecute'},"
                        + "{'key':'d','effect':'PreferNoSchedule'}]";

        assertThat(text(pod("web", "1", ""), node("n", 2, taints)))
                .contains("    had untolerated taint(s): a:NoSchedule, b=c:NoExecute");
    }

    @Test
    void ofManyNodesWithDifferentTaintsSomeTaintsAreNamed() {
        Resource[] nodes =
                IntStream.rangeClosed(1, 20)
                        .mapToObj(
                                i ->
                                        node(
                                                "n" + i,
                                                2,
                                                "'taints':[{'key':'k%d','effect':'NoSchedule'}]"
                                                        .formatted(i % 2)))
                        .toArray(Resource[]::new);

        assertThat(text(pod("web", "1", ""), nodes))
                .contains(
                        "  20 nodes: n[1-20]",
                        "    had untolerated taint(s), such as k0:NoSchedule, k1:NoSchedule");
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
        return new Why(ClusterObjects.of(all), PROFILES, NOON)
                .ask(ClusterObjects.pod(pod.namespace(), pod.name()));
    }
}
