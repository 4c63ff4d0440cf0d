package dev.gantry.controller.workload.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class DaemonSetControllerTest {
    private static final GroupResource SETS = Resources.DAEMON_SETS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey LOGS = new ObjectKey(SETS, "default", "logs");

    private SimulatedApi api = new SimulatedApi(new DaemonSetController());

    static LongStream seeds() {
        return Seeds.first(40);
    }

    @Test
    void makesAPodForEachNode() {
        nodes(3, "");
        create("", "");
        assertThat(nodesWithPods()).containsExactly("n1", "n2", "n3");
        Resource pod = api.list(PODS).getFirst();
        assertThat(pod.spec().path("tolerations")).hasSize(6);
        assertThat(pod.labels()).containsKey("controller-revision-hash");
        assertThat(PodLife.node(pod)).as("the scheduler binds it").isEmpty();

        run();
        assertThat(status().path("desiredNumberScheduled").asInt()).isEqualTo(3);
        assertThat(status().path("currentNumberScheduled").asInt()).isEqualTo(3);
        assertThat(status().path("numberReady").asInt()).isEqualTo(3);
        assertThat(status().path("numberAvailable").asInt()).isEqualTo(3);
        assertThat(status().path("updatedNumberScheduled").asInt()).isEqualTo(3);
        assertThat(status().path("numberUnavailable").asInt()).isZero();
    }

    @Test
    void itsAffinityChoosesNodesAndIsNotLeftInThePods() {
        node("n1", "'disk':'ssd'", "");
        node("n2", "'disk':'ssd'", "");
        node("n3", "", "");
        create(
                "",
                """
                'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':
                  {'nodeSelectorTerms':[{'matchExpressions':[{'key':'disk','operator':'Exists'}],
                    'matchFields':[{'key':'metadata.name','operator':'NotIn','values':['n1']}]}]}}},
                """);
        assertThat(nodesWithPods()).containsExactly("n2");
        JsonNode terms =
                api.list(PODS)
                        .getFirst()
                        .spec()
                        .at(
                                "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                                        + "/nodeSelectorTerms");
        assertThat(terms.toString())
                .isEqualTo(
                        "[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n2\"]}]}]");
    }

    @Test
    void aRevisionIsWrittenByTheOrderOfItsKeys() {
        nodes(1, "");
        create("", "'restartPolicy':'Always','dnsPolicy':'Default',");
        String data =
                api.list(Resources.CONTROLLER_REVISIONS).getFirst().tree().path("data").toString();
        assertThat(data).startsWith("{\"spec\":{\"template\":{\"$patch\":\"replace\",\"metadata\"");
        assertThat(data.indexOf("containers"))
                .isLessThan(data.indexOf("dnsPolicy"))
                .isGreaterThan(data.indexOf("metadata"));
        assertThat(data.indexOf("dnsPolicy")).isLessThan(data.indexOf("restartPolicy"));
    }

    /** Of a set of thousands, each look reads all pods. */
    @Test
    void whatAPodTellsOnItsWayIsNoNewsUntilItIsReady() {
        nodes(1, "");
        create("", "");
        Resource made = api.list(PODS).getFirst();
        new Pods(api).bindAll();
        Resource bound = api.list(PODS).getFirst();
        assertThat(concerned(made, bound)).isEmpty();

        new Pods(api).ready(bound, true);
        assertThat(concerned(bound, api.list(PODS).getFirst())).contains(LOGS);
    }

    private List<ObjectKey> concerned(Resource before, Resource after) {
        List<ObjectKey> concerned = new ArrayList<>();
        new DaemonSetController()
                .keysFor(
                        new Change(after.key(PODS), Optional.of(before), Optional.of(after)),
                        api,
                        concerned::add);
        return concerned;
    }

    @Test
    void nodesComeAndGo() {
        nodes(1, "");
        create("", "");
        run();
        node("n9", "", "");
        api.settle();
        assertThat(nodesWithPods()).containsExactly("n1", "n9");
        api.drop(new ObjectKey(Resources.NODES, "", "n9"));
        api.settle();
        assertThat(nodesWithPods())
                .as("not bound, so nobody else would end it")
                .containsExactly("n1");
    }

    @Test
    void onlyNodesThatAreSelectedHaveOne() {
        node("a", "'disk':'ssd'", "");
        node("b", "", "");
        create("", "'nodeSelector':{'disk':'ssd'},");
        assertThat(nodesWithPods()).containsExactly("a");

        Resource relabelled = node("a").copy();
        relabelled.mutableMetadata().remove("labels");
        run();
        api.update(Resources.NODES, relabelled);
        api.settle();
        run();
        assertThat(nodesWithPods()).isEmpty();
        assertThat(status().path("numberMisscheduled").asInt()).isZero();
    }

    @Test
    void taintsKeepPodsOutAndSomeDriveThemAway() {
        node("a", "", "'taints':[{'key':'gpu','effect':'NoSchedule'}]");
        node(
                "b",
                "",
                "'taints':[{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule'}]");
        node("c", "", "");
        create("", "");
        assertThat(nodesWithPods()).containsExactly("b", "c");
        run();

        taint("c", "NoSchedule");
        run();
        assertThat(nodesWithPods()).as("it may stay").containsExactly("b", "c");
        assertThat(status().path("numberMisscheduled").asInt()).isEqualTo(1);
        taint("c", "NoExecute");
        run();
        assertThat(nodesWithPods()).containsExactly("b");
    }

    @Test
    void replacesOneNodeAfterTheOther() {
        nodes(3, "");
        create("", "");
        run();
        image("i:2");
        assertThat(going()).hasSize(1);
        run();
        assertThat(going()).isEmpty();
        for (int i = 0; i < 8; i++) {
            run();
            assertThat(going().size()).isLessThanOrEqualTo(1);
        }
        assertThat(images()).containsOnly("i:2").hasSize(3);
        assertThat(status().path("updatedNumberScheduled").asInt()).isEqualTo(3);
        assertThat(api.list(Resources.CONTROLLER_REVISIONS)).hasSize(2);
    }

    @Test
    void aSurgeComesBeforeTheOldPodGoes() {
        nodes(2, "");
        create(
                "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1,'maxUnavailable':0}},",
                "");
        run();
        image("i:2");
        assertThat(api.list(PODS)).hasSize(3);
        assertThat(going()).isEmpty();
        run();
        assertThat(images()).contains("i:2");
        for (int i = 0; i < 8; i++) {
            run();
        }
        assertThat(images()).containsOnly("i:2").hasSize(2);
    }

    @Test
    void anOldPodThatIsNotReadyGoesAsSoonAsASurgeHasCome() {
        surging();
        Resource old = api.list(PODS).getFirst();
        image("i:2");
        assertThat(api.list(PODS)).hasSize(2);
        assertThat(going()).isEmpty();
        assertThat(status().path("numberReady").asInt()).isEqualTo(1);

        new Pods(api).ready(old, false);
        api.settle();
        assertThat(going()).containsExactly(old.name());
        assertThat(status().path("numberReady").asInt()).isZero();
    }

    @Test
    void whereASurgeMayComeNobodyWaitsForTheEndOfADeletedPod() {
        surging();
        Resource old = api.list(PODS).getFirst();
        api.delete(old.key(PODS), "Background");
        api.settle();

        assertThat(api.list(PODS)).hasSize(2);
        assertThat(going()).containsExactly(old.name());
        assertThat(status().path("numberReady").asInt()).as("the oldest counts").isEqualTo(1);
    }

    /** One node, with a pod that is ready. */
    private void surging() {
        nodes(1, "");
        create(
                "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1,'maxUnavailable':0}},",
                "");
        run();
        assertThat(api.list(PODS)).hasSize(1);
    }

    @Test
    void onDeleteLeavesItToPeople() {
        nodes(1, "");
        create("'updateStrategy':{'type':'OnDelete'},", "");
        run();
        image("i:2");
        assertThat(going()).isEmpty();
        api.delete(api.list(PODS).getFirst().key(PODS), "Background");
        run();
        run();
        assertThat(images()).containsExactly("i:2");
    }

    @Test
    void aPodThatFailedIsMadeAgainButNotWithoutEnd() {
        nodes(1, "");
        create("", "");
        run();
        Resource failed = api.list(PODS).getFirst();
        new Pods(api).end(failed, "Failed");
        api.settle();
        assertThat(going()).isEmpty();
        api.pass(5);
        assertThat(going()).containsExactly(failed.name());
        assertThat(api.told())
                .contains(
                        "FailedDaemonPod: Found failed daemon pod default/%s on node n1, will try to kill it"
                                .formatted(failed.name()));
        run();
        assertThat(api.list(PODS)).hasSize(1).noneMatch(Resource::isBeingDeleted);
    }

    /** Caches lag, events repeat, writes fail, the controller starts again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void endsWithOnePodOnEachNodeWhateverHappened(long seed) {
        var cluster = new FaultyCluster(seed, new DaemonSetController());
        api = cluster.api();
        var random = new Random(seed);
        nodes(3, "");
        api.create(SETS, set("", ""));
        for (int i = 0; i < 400; i++) {
            cluster.step();
            switch (random.nextInt(30)) {
                case 0 -> image("i:" + random.nextInt(3));
                case 1, 2, 3 -> run();
                case 4 -> {
                    if (api.list(Resources.NODES).size() < 6) {
                        node("m" + i, "", "");
                    }
                }
                case 5 -> {
                    List<Resource> all = api.list(PODS);
                    if (!all.isEmpty()) {
                        api.delete(all.get(random.nextInt(all.size())).key(PODS), "Background");
                    }
                }
                default -> {}
            }
        }
        image("i:7");
        for (int i = 0; i < 40; i++) {
            cluster.heal();
            run();
        }
        cluster.heal();
        String replay = "replay with -Dseed=" + seed;
        assertThat(nodesWithPods())
                .as(replay)
                .containsExactlyElementsOf(
                        api.list(Resources.NODES).stream().map(Resource::name).toList());
        assertThat(images()).as(replay).containsOnly("i:7");
    }

    private void nodes(int count, String labels) {
        for (int i = 1; i <= count; i++) {
            node("n" + i, labels, "");
        }
    }

    private void node(String name, String labels, String spec) {
        api.create(
                Resources.NODES,
                SimulatedApi.object(
                        "{'apiVersion':'v1','kind':'Node','metadata':{'name':'%s','labels':{%s}},'spec':{%s},'status':{}}"
                                .formatted(name, labels, spec)));
    }

    private Resource node(String name) {
        return api.get(new ObjectKey(Resources.NODES, "", name)).orElseThrow();
    }

    private void taint(String name, String effect) {
        Resource next = node(name).copy();
        Resource.child(next.tree(), "spec")
                .putArray("taints")
                .addObject()
                .put("key", "k")
                .put("effect", effect);
        api.update(Resources.NODES, next);
        api.settle();
    }

    private static Resource set(String more, String podSpec) {
        return SimulatedApi.object(
                """
                {'apiVersion':'apps/v1','kind':'DaemonSet',
                 'metadata':{'name':'logs','namespace':'default'},
                 'spec':{%s'selector':{'matchLabels':{'app':'logs'}},
                   'template':{'metadata':{'labels':{'app':'logs'}},
                     'spec':{%s'containers':[{'name':'c','image':'i'}]}}},'status':{}}
                """
                        .formatted(
                                more.isEmpty()
                                        ? "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':1,'maxSurge':0}},"
                                        : more,
                                podSpec));
    }

    private void create(String more, String podSpec) {
        api.create(SETS, set(more, podSpec));
        api.settle();
    }

    private void image(String image) {
        Resource next = api.get(LOGS).orElseThrow().copy();
        ((ObjectNode) next.tree().at("/spec/template/spec/containers/0")).put("image", image);
        api.update(SETS, next);
        api.settle();
    }

    /** Each pod is bound to the node that it is for, and runs; those that are going are gone. */
    private void run() {
        for (Resource pod : api.list(PODS)) {
            String node = DaemonTemplate.node(pod).orElseThrow();
            if (PodLife.node(pod).isEmpty()) {
                Resource bound = pod.copy();
                Resource.child(bound.tree(), "spec").put("nodeName", node);
                api.update(PODS, bound);
            }
        }
        new Pods(api).runAll();
    }

    private JsonNode status() {
        return api.get(LOGS).orElseThrow().status();
    }

    private List<String> nodesWithPods() {
        return api.list(PODS).stream()
                .map(pod -> DaemonTemplate.node(pod).orElseThrow())
                .sorted()
                .toList();
    }

    private List<String> going() {
        return api.list(PODS).stream()
                .filter(Resource::isBeingDeleted)
                .map(Resource::name)
                .toList();
    }

    private List<String> images() {
        return api.list(PODS).stream()
                .map(pod -> pod.spec().at("/containers/0/image").asString())
                .toList();
    }
}
