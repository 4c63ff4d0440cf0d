package dev.gantry.cli.plan;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static dev.gantry.cli.cluster.Sample.node;
import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static dev.gantry.cli.cluster.Sample.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.plan.Admission.Answer;
import dev.gantry.cli.plan.PlanReport.Fate;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void replicasGoWhereThereIsRoomAndTheRestStaysPending() {
        PlanReport report =
                plan(
                        writer -> writer.apply(deployment("web", 3, "1")),
                        node("a", 1, ""),
                        node("b", 1, ""));

        assertThat(PlanText.brief(report))
                .startsWith(
                        "Deployment default/web: 3 pods, 1 would stay pending",
                        "  a  1",
                        "  b  1",
                        "  pending  1: 0/2 nodes are available: 2 Insufficient cpu.")
                .contains("a     0% → 100%       0% → 2%         0 → 1");
        assertThat(report.leavesSomethingPending()).isTrue();
    }

    @Test
    void whatAPlanKnowsNothingOfIsNamedAndLeftOut() {
        Resource misspelt =
                object(
                        "{'apiVersion':'apps/v1','kind':'Deploymnt',"
                                + "'metadata':{'name':'web','namespace':'default'}}");

        PlanReport report = plan(writer -> writer.apply(misspelt), node("a", 1, ""));

        assertThat(PlanText.brief(report))
                .contains(
                        "Note: Deploymnt default/web is left out: a plan knows no Deploymnt in"
                                + " apps/v1");
    }

    @Test
    void newNodesMayBeLikeOneThatIsThereAndAreNotUnwell() {
        PlanReport report =
                plan(
                        writer -> {
                            assertThat(writer.add(NewNodes.parse("1=a").orElseThrow())).isTrue();
                            assertThat(writer.add(NewNodes.parse("1=z").orElseThrow())).isFalse();
                            writer.apply(selecting(deployment("web", 2, "1")));
                        },
                        node("a", 1, "'unschedulable':true", ",'disk':'ssd'"));

        assertThat(PlanText.brief(report))
                .startsWith("Deployment default/web: 2 pods, 1 would stay pending", "  new-1  1");
    }

    private static Resource selecting(Resource workload) {
        return object(
                workload.tree()
                        .toString()
                        .replace("\"containers\"", "'nodeSelector':{'disk':'ssd'},'containers'"));
    }

    @Test
    void sizesOfNewNodesThatCannotBeMeantAreNotTaken() {
        assertThat(NewNodes.parse("3")).isEmpty();
        assertThat(NewNodes.parse("0=4,16Gi")).isEmpty();
        assertThat(NewNodes.parse("3=x,16Gi")).isEmpty();
        assertThat(NewNodes.parse("3=0,16Gi")).isEmpty();
        assertThat(NewNodes.parse("3=4,16Gi").orElseThrow().doubt()).isEmpty();
        assertThat(NewNodes.parse("3=4,16").orElseThrow().doubt())
                .contains("memory of 16 bytes? Say 16Gi");
    }

    @Test
    void aCronJobIsPlannedByOneRunAndWhatGantryDoesNotServeIsSaid() {
        Resource cron =
                object(
                        """
                        {'apiVersion':'batch/v1beta1','kind':'CronJob',
                         'metadata':{'name':'cron','namespace':'default'},
                         'spec':{'jobTemplate':{'spec':{'parallelism':2,'template':{'spec':
                           {'containers':[{'name':'c'}]}}}}}}
                        """);

        assertThat(PlanText.brief(plan(writer -> writer.apply(cron), node("a", 1, ""))))
                .startsWith("CronJob default/cron: 2 pods", "  a  2")
                .contains(
                        "Note: CronJob default/cron: Gantry serves no CronJob in batch/v1beta1; the"
                                + " plan takes it for its pods alone");
    }

    @Test
    void newNodesTakeWhatDidNotFit() {
        PlanReport report =
                plan(
                        writer -> {
                            writer.add(NewNodes.parse("2=1,4Gi").orElseThrow());
                            writer.apply(deployment("web", 3, "1"));
                        },
                        node("a", 1, ""));

        assertThat(PlanText.brief(report))
                .startsWith(
                        "Deployment default/web: 3 pods", "  a      1", "  new-1  1", "  new-2  1");
        assertThat(report.leavesSomethingPending()).isFalse();
    }

    @Test
    void aDrainMovesPodsThatSomebodyStartsAgain() {
        Resource owned = owned(podOn("a", "web-x", "1", 0), "ReplicaSet");
        Resource daemon = owned(podOn("a", "daemon", "1", 0), "DaemonSet");
        PlanReport report =
                plan(
                        writer -> assertThat(writer.drain("a")).isTrue(),
                        node("a", 4, ""),
                        node("b", 1, ""),
                        owned,
                        daemon,
                        podOn("a", "bare", "1", 0));

        assertThat(report.drained()).containsExactly(new Fate("default/web-x", "b", ""));
        assertThat(report.lost()).containsExactly("default/bare");
        assertThat(report.leavesSomethingPending()).isFalse();
    }

    @Test
    void podsThatARolloutReplacesAreNeitherDrainedNorWaiting() {
        Resource stored = deployment("web", 2, "1");
        stored.mutableMetadata().put("uid", "owner");
        PlanReport report =
                plan(
                        writer -> {
                            writer.drain("a");
                            writer.apply(deployment("web", 1, "500m"));
                        },
                        node("a", 4, ""),
                        node("b", 1, ""),
                        stored,
                        owned(podOn("a", "web-x", "1", 0), "Deployment"),
                        owned(pod("web-y", "9", ""), "Deployment"));

        assertThat(report.drained()).isEmpty();
        assertThat(report.waiting()).isEmpty();
        assertThat(report.notes()).contains("Deployment default/web has 2 pods: 0 stay, 2 go");
        assertThat(report.leavesSomethingPending()).isFalse();
    }

    @Test
    void ofPodsThatAreTooManyThoseGoThatWait() {
        Resource stored = deployment("web", 2, "1");
        stored.mutableMetadata().put("uid", "owner");
        PlanReport report =
                plan(
                        writer -> writer.apply(deployment("web", 1, "1")),
                        node("a", 4, ""),
                        stored,
                        owned(pod("web-a", "9", ""), "Deployment"),
                        owned(podOn("a", "web-b", "1", 0), "Deployment"));

        assertThat(report.waiting()).isEmpty();
        assertThat(report.nodes().getFirst().after().pods()).isEqualTo(1);
    }

    @Test
    void aDrainThatMovesNothingSaysWhy() {
        PlanReport report =
                plan(
                        writer -> {
                            writer.drain("a");
                            writer.drain("b");
                        },
                        node("a", 4, ""),
                        node("b", 1, ""),
                        owned(podOn("b", "daemon", "1", 0), "DaemonSet"));

        assertThat(PlanText.brief(report))
                .containsExactly(
                        "Note: the drain of a moves nothing: no pods are on it",
                        "Note: the drain of b moves nothing: of the 1 pod on it each belongs to a"
                                + " DaemonSet or to the node itself",
                        "",
                        "On no node anything would change.");
    }

    @Test
    void aDrainSaysWhichBudgetWouldHoldIt() {
        Resource budget =
                object(
                        """
                        {'apiVersion':'policy/v1','kind':'PodDisruptionBudget',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{'selector':{'matchLabels':{'app':'web'}}},
                         'status':{'disruptionsAllowed':0}}
                        """);
        PlanReport report =
                plan(
                        writer -> writer.drain("a"),
                        node("a", 4, ""),
                        owned(podOn("a", "web-x", "1", 0), "ReplicaSet"),
                        budget);

        assertThat(report.notes())
                .containsExactly(
                        "the drain of a waits: budget default/web allows 0 disruptions now,"
                                + " 1 pods would be evicted");
        assertThat(report.drained().getFirst().message()).contains("1 node(s) were unschedulable");
        assertThat(report.leavesSomethingPending()).isTrue();
    }

    @Test
    void saysWhoWouldMakeWay() {
        Resource low = owned(podOn("a", "low-1", "1", 10), "ReplicaSet");
        PlanReport report =
                plan(
                        writer -> writer.apply(pod("vital", "1", ",'priority':100")),
                        node("a", 1, ""),
                        low);

        assertThat(report.workloads().getFirst().pods())
                .containsExactly(new Fate("default/vital", "a", ""));
        assertThat(report.preempted()).hasSize(1);
        assertThat(report.preempted().getFirst().pod()).isEqualTo("default/low-1");
        assertThat(report.preempted().getFirst().anew().orElseThrow().message())
                .startsWith("0/1 nodes are available");
        assertThat(report.leavesSomethingPending()).isTrue();
    }

    @Test
    void daemonsGetOnePodForEachNodeThatIsRight() {
        Resource daemons =
                object(
                        workload("DaemonSet", "log", "", "100m")
                                .replace(
                                        "'containers'",
                                        "'nodeSelector':{'disk':'ssd'},'containers'"));
        PlanReport report =
                plan(
                        writer -> writer.apply(daemons),
                        node("a", 1, "", ",'disk':'ssd'"),
                        node("b", 1, ""),
                        node("c", 1, "'unschedulable':true", ",'disk':'ssd'"));

        assertThat(report.workloads().getFirst().pods())
                .extracting(Fate::node)
                .containsExactly("a", "c");
    }

    @Test
    void whatTheApiRefusesStaysOut() {
        var cluster = ClusterObjects.of(List.of(node("a", 1, "")));
        var writer =
                new ScenarioWriter(
                        cluster, _ -> new Answer.Refused("exceeded quota"), PROFILES, NOON);
        writer.apply(deployment("web", 1, "1"));
        PlanReport report = report(cluster, writer);

        assertThat(PlanText.brief(report))
                .startsWith("Deployment default/web: the API refuses it", "  exceeded quota");
        assertThat(report.leavesSomethingPending()).isTrue();
    }

    @Test
    void aGangThatDoesNotFitWholeStaysOutWhole() {
        Resource gang = deployment("gang", 3, "1");
        Resource.child(
                        Resource.child(
                                Resource.child(Resource.child(gang.tree(), "spec"), "template"),
                                "metadata"),
                        "annotations")
                .put("gantry.dev/pod-group", "g")
                .put("gantry.dev/pod-group-size", "3");
        PlanReport report = plan(writer -> writer.apply(gang), node("a", 2, ""));

        assertThat(report.workloads().getFirst().pods())
                .hasSize(3)
                .allMatch(each -> each.node().isEmpty() && !each.message().contains("another"));
        assertThat(PlanText.brief(report))
                .startsWith(
                        "Deployment default/gang: 3 pods, 3 would stay pending",
                        "  pending  3: pod group \"g\" does not fit with all its 3 pods, such as"
                                + " gang-3: 0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(report.leavesSomethingPending()).isTrue();
    }

    @Test
    void whatWaitsTodayIsToldButIsNobodysFault() {
        PlanReport report =
                plan(
                        writer -> writer.add(NewNodes.parse("1=8,8Gi").orElseThrow()),
                        node("a", 1, ""),
                        pod("big", "4", ""),
                        pod("huge", "40", ""));

        assertThat(report.waiting())
                .extracting(Fate::pod, Fate::node)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("default/big", "new-1"),
                        org.assertj.core.groups.Tuple.tuple("default/huge", ""));
        assertThat(report.leavesSomethingPending()).isFalse();
        assertThat(PlanText.brief(report))
                .startsWith(
                        "Waiting today already:",
                        "  default/big → new-1",
                        "Note: 1 pod waits already and would go on waiting (-v says why)");
        assertThat(PlanText.complete(report))
                .startsWith(
                        "Waiting today already:",
                        "  default/big → new-1",
                        "  default/huge would stay pending: 0/2 nodes are available: 2 Insufficient"
                                + " cpu.");
    }

    @Test
    void ofManyPodsAndNodesSomeAreToldAndTheRestIsCounted() {
        Resource[] nodes =
                IntStream.range(0, 30)
                        .mapToObj(i -> node("n%02d".formatted(i), 1, ""))
                        .toArray(Resource[]::new);
        PlanReport report = plan(writer -> writer.apply(deployment("web", 25, "1")), nodes);

        assertThat(PlanText.brief(report))
                .hasSize(1 + 21 + 2 + 22)
                .contains(
                        "  and 5 more (-v lists them)",
                        "and 5 more that change (-v lists them)",
                        "and 5 nodes on which nothing would change");
        assertThat(PlanText.complete(report)).hasSize(1 + 25 + 2 + 30);
    }

    private static PlanReport plan(Consumer<ScenarioWriter> requests, Resource... objects) {
        var cluster = ClusterObjects.of(List.of(objects));
        var writer = new ScenarioWriter(cluster, Answer.Admitted::new, PROFILES, NOON);
        requests.accept(writer);
        return report(cluster, writer);
    }

    private static PlanReport report(ClusterObjects cluster, ScenarioWriter writer) {
        Scenario scenario = writer.scenario();
        return PlanReport.of(
                scenario,
                SchedulingSimulation.run(scenario.cluster(), PROFILES, NOON),
                new WhatIfCluster(cluster, PROFILES, NOON));
    }

    private static Resource owned(Resource pod, String kind) {
        pod.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("kind", kind)
                .put("uid", "owner")
                .put("name", "owner")
                .put("controller", true);
        return pod;
    }

    private static Resource deployment(String name, int replicas, String cpu) {
        return object(workload("Deployment", name, "'replicas':" + replicas + ",", cpu));
    }

    private static String workload(String kind, String name, String spec, String cpu) {
        return """
                {'apiVersion':'apps/v1','kind':'%s','metadata':{'name':'%s','namespace':'default'},
                 'spec':{%s'template':{'metadata':{'labels':{'app':'%s'}},'spec':{'containers':[
                   {'name':'c','resources':{'requests':{'cpu':'%s','memory':'100Mi'}}}]}}}}
                """
                .formatted(kind, name, spec, name, cpu);
    }
}
