package dev.gantry.controller.workload.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.controller.workload.replicaset.ReplicaSetController;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class DeploymentControllerTest {
    private static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;
    private static final GroupResource SETS = Resources.REPLICA_SETS;
    private static final ObjectKey WEB = new ObjectKey(DEPLOYMENTS, "default", "web");

    private final SimulatedApi api =
            new SimulatedApi(new DeploymentController(), new ReplicaSetController());
    private final Pods pods = new Pods(api);

    static LongStream seeds() {
        return Seeds.first(30);
    }

    @Test
    void rollsOutAFirstVersion() {
        create(3, "");
        pods.runAll();

        Resource set = sets().getFirst();
        assertThat(set.name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{1,10}");
        assertThat(set.labels()).containsKey("pod-template-hash");
        assertThat(set.annotations())
                .containsEntry("deployment.kubernetes.io/revision", "1")
                .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
                .containsEntry("deployment.kubernetes.io/max-replicas", "4");
        assertThat(api.told())
                .contains(
                        "ScalingReplicaSet: Scaled up replica set " + set.name() + " from 0 to 3");
        assertThat(web().annotations()).containsEntry("deployment.kubernetes.io/revision", "1");
        assertThat(count("availableReplicas")).isEqualTo(3);
        assertThat(count("observedGeneration")).isEqualTo(1);
        assertThat(condition("Available")).isEqualTo("True/MinimumReplicasAvailable");
        assertThat(condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
    }

    @Test
    void itsNewSetIsToldBeforeItsPodsAndWhatChangedLastStandsLast() {
        List<List<String>> orders = new ArrayList<>();
        api.always(
                () -> {
                    List<String> order =
                            web().status()
                                    .path("conditions")
                                    .valueStream()
                                    .map(each -> Resource.text(each, "type"))
                                    .toList();
                    if (!order.isEmpty() && !orders.contains(order)) {
                        orders.add(order);
                    }
                });
        create(1, "");
        pods.runAll();
        assertThat(orders)
                .containsExactly(
                        List.of("Progressing", "Available"), List.of("Available", "Progressing"));
    }

    @Test
    void aRollingUpdateKeepsItsLimitsAtEveryStep() {
        create(4, "'strategy':{'rollingUpdate':{'maxSurge':1,'maxUnavailable':1}},");
        pods.runAll();
        api.always(
                () -> {
                    assertThat(pods.active()).hasSizeLessThanOrEqualTo(5);
                    assertThat(pods.active().stream().filter(PodLife::isReady).count())
                            .isGreaterThanOrEqualTo(3);
                });
        setImage("v2");
        rollAll();

        assertThat(images()).containsOnly("v2").hasSize(4);
        assertThat(web().annotations()).containsEntry("deployment.kubernetes.io/revision", "2");
        assertThat(condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
    }

    @Test
    void goingBackReusesTheOldSetUnderANewRevision() {
        create(2, "");
        pods.runAll();
        String first = sets().getFirst().name();
        setImage("v2");
        rollAll();
        setImage("v1");
        rollAll();

        assertThat(sets()).hasSize(2);
        Resource again =
                sets().stream().filter(set -> set.name().equals(first)).findFirst().orElseThrow();
        assertThat(again.spec().path("replicas").asInt()).isEqualTo(2);
        assertThat(again.annotations())
                .containsEntry("deployment.kubernetes.io/revision", "3")
                .containsEntry("deployment.kubernetes.io/revision-history", "1");
    }

    @Test
    void recreateNeverRunsTwoVersionsSideBySide() {
        create(2, "'strategy':{'type':'Recreate'},");
        pods.runAll();
        api.always(() -> assertThat(images().stream().distinct()).hasSizeLessThanOrEqualTo(1));
        setImage("v2");
        rollAll();

        assertThat(images()).containsExactly("v2", "v2");
    }

    /** Thousands of pods go in a roll-out, and each look reads all ReplicaSets of the namespace. */
    @Test
    void aPodThatGoesConcernsOnlyADeploymentThatRecreates() {
        create(1, "");
        assertThat(concernedByTheEndOfAPod()).isEmpty();

        change(spec -> Resource.child(spec, "strategy").put("type", "Recreate"));
        assertThat(concernedByTheEndOfAPod()).containsExactly(WEB);
    }

    private List<ObjectKey> concernedByTheEndOfAPod() {
        Resource pod = pods.all().getFirst();
        List<ObjectKey> concerned = new ArrayList<>();
        new DeploymentController()
                .keysFor(
                        new Change(pod.key(Resources.PODS), Optional.of(pod), Optional.empty()),
                        api,
                        concerned::add);
        return concerned;
    }

    @Test
    void aPausedDeploymentScalesButDoesNotRoll() {
        create(2, "");
        pods.runAll();
        change(spec -> spec.put("paused", true));
        setImage("v2");
        change(spec -> spec.put("replicas", 4));
        rollAll();
        assertThat(images()).containsOnly("v1").hasSize(4);
        assertThat(condition("Progressing")).isEqualTo("Unknown/DeploymentPaused");

        change(spec -> spec.remove("paused"));
        rollAll();
        assertThat(images()).containsOnly("v2").hasSize(4);
    }

    @Test
    void saysWhenItMakesNoProgress() {
        create(1, "'progressDeadlineSeconds':30,");
        api.pass(40);

        assertThat(condition("Progressing")).isEqualTo("False/ProgressDeadlineExceeded");
        pods.runAll();
        assertThat(condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
    }

    @Test
    void goesBackToWhatWasAvailableWhereThatIsAskedFor() {
        create(2, "'progressDeadlineSeconds':30,");
        askForRollback();
        pods.runAll();
        setImage("v2");
        api.pass(40);

        assertThat(api.told())
                .anyMatch(
                        each ->
                                each.matches(
                                        "AutomaticRollback: Rolled back to revision 1 \\(replica set web-\\w+\\):"
                                                + " revision 2 \\(replica set web-\\w+\\) was not available within"
                                                + " 30 seconds"));
        rollAll();
        assertThat(images()).containsExactly("v1", "v1");
        assertThat(condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
    }

    @Test
    void neverGoesBackWithoutBeingAskedOrToWhatWasNeverAvailable() {
        create(2, "'progressDeadlineSeconds':30,");
        pods.runAll();
        setImage("v2");
        api.pass(40);
        assertThat(image()).isEqualTo("v2");

        askForRollback();
        setImage("v3");
        api.pass(40);
        assertThat(condition("Progressing")).isEqualTo("False/ProgressDeadlineExceeded");
        assertThat(image()).isEqualTo("v3");
    }

    @Test
    void keepsOnlyTheWantedHistory() {
        create(1, "'revisionHistoryLimit':2,");
        for (String version : List.of("v2", "v3", "v4", "v5")) {
            rollAll();
            setImage(version);
        }
        rollAll();

        assertThat(sets()).hasSize(3);
        assertThat(images()).containsExactly("v5");
    }

    @Test
    void scalingInTheMiddleOfARolloutGrowsBothSetsInProportion() {
        create(10, "'strategy':{'rollingUpdate':{'maxSurge':3,'maxUnavailable':2}},");
        pods.runAll();
        setImage("v2");
        change(spec -> spec.put("replicas", 15));

        int total = sets().stream().mapToInt(set -> set.spec().path("replicas").asInt()).sum();
        assertThat(total).isEqualTo(18);
        assertThat(sets()).allMatch(set -> set.spec().path("replicas").asInt() > 0);
    }

    @Test
    void copiesAnnotationsThatAPersonWrote() {
        create(1, "");
        Resource next = web().copy();
        Resource.child(next.mutableMetadata(), "annotations")
                .put("kubernetes.io/change-cause", "because");
        api.update(DEPLOYMENTS, next);
        api.settle();

        assertThat(sets().getFirst().annotations())
                .containsEntry("kubernetes.io/change-cause", "because");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsWithTheLastVersionAndThenStaysQuiet(long seed) {
        var random = new Random(seed);
        create(1 + random.nextInt(5), strategy(random));
        for (int step = 0; step < 25; step++) {
            switch (random.nextInt(4)) {
                case 0 -> setImage("v" + random.nextInt(4));
                case 1 -> {
                    int replicas = random.nextInt(7);
                    change(spec -> spec.put("replicas", replicas));
                }
                case 2 -> pods.runAll();
                default -> {
                    List<Resource> all = pods.all();
                    if (!all.isEmpty()) {
                        Resource pod = all.get(random.nextInt(all.size()));
                        pods.ready(pod, random.nextBoolean());
                        api.settle();
                    }
                }
            }
        }
        change(spec -> spec.put("replicas", 3));
        setImage("last");
        rollAll();

        assertThat(images()).as("replay with -Dseed=%d", seed).hasSize(3).containsOnly("last");
        assertThat(condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
        int before = api.actions();
        api.pass(5000);
        assertThat(api.actions()).as("replay with -Dseed=%d", seed).isEqualTo(before);
    }

    private static String strategy(Random random) {
        int surge = random.nextInt(3);
        int unavailable = random.nextInt(3);
        return random.nextInt(5) == 0
                ? "'strategy':{'type':'Recreate'},"
                : "'strategy':{'rollingUpdate':{'maxSurge':%d,'maxUnavailable':%d}},"
                        .formatted(surge, unavailable);
    }

    private void create(int replicas, String more) {
        api.create(
                DEPLOYMENTS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'apps/v1','kind':'Deployment',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{'progressDeadlineSeconds':600,%s'replicas':%d,
                           'selector':{'matchLabels':{'app':'web'}},
                           'template':{'metadata':{'labels':{'app':'web'}},
                             'spec':{'containers':[{'name':'c','image':'v1'}]}}},'status':{}}
                        """
                                .formatted(more, replicas)
                                .replace(
                                        "'progressDeadlineSeconds':600,'progressDeadlineSeconds'",
                                        "'progressDeadlineSeconds'")));
        api.settle();
    }

    private void setImage(String image) {
        change(
                spec ->
                        ((ObjectNode) spec.path("template").path("spec").path("containers").path(0))
                                .put("image", image));
    }

    private void askForRollback() {
        Resource next = web().copy();
        Resource.child(next.mutableMetadata(), "annotations")
                .put("gantry.dev/auto-rollback", "true");
        api.update(DEPLOYMENTS, next);
        api.settle();
    }

    private String image() {
        return Resource.text(
                web().spec().path("template").path("spec").path("containers").path(0), "image");
    }

    private void change(Consumer<ObjectNode> how) {
        Resource next = web().copy();
        how.accept(Resource.child(next.tree(), "spec"));
        api.update(DEPLOYMENTS, next);
        api.settle();
    }

    private void rollAll() {
        for (int i = 0; i < 40; i++) {
            pods.runAll();
        }
    }

    private Resource web() {
        return api.get(WEB).orElseThrow();
    }

    private List<Resource> sets() {
        return api.list(SETS);
    }

    private int count(String field) {
        return web().status().path(field).asInt(0);
    }

    private String condition(String type) {
        return Conditions.find(web().status().path("conditions"), type)
                .map(each -> Resource.text(each, "status") + "/" + Resource.text(each, "reason"))
                .orElse("");
    }

    private List<String> images() {
        return pods.all().stream()
                .filter(pod -> !PodLife.isFinished(pod))
                .map(pod -> Resource.text(pod.spec().path("containers").path(0), "image"))
                .toList();
    }
}
