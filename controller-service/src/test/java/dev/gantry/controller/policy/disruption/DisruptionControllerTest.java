package dev.gantry.controller.policy.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.controller.workload.deployment.DeploymentController;
import dev.gantry.controller.workload.replicaset.ReplicaSetController;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class DisruptionControllerTest {
    private static final GroupResource BUDGETS = Resources.POD_DISRUPTION_BUDGETS;
    private static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey GUARD = new ObjectKey(BUDGETS, "default", "guard");

    private final SimulatedApi api =
            new SimulatedApi(
                    new DisruptionController(),
                    new ReplicaSetController(),
                    new DeploymentController());
    private final Pods pods = new Pods(api);

    static LongStream seeds() {
        return Seeds.first(30);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'minAvailable':2, 4, 2, 4, 2",
                "'minAvailable':5, 4, 0, 4, 5",
                "'minAvailable':'50%', 5, 2, 5, 3",
                "'minAvailable':'100%', 3, 0, 3, 3",
                "'maxUnavailable':1, 4, 1, 4, 3",
                "'maxUnavailable':'25%', 10, 3, 10, 7",
                "'maxUnavailable':'0%', 3, 0, 3, 3",
                "'maxUnavailable':9, 3, 3, 3, 0"
            })
    void allowsWhatTheHealthyPodsHaveToSpare(
            String rule, int replicas, int allowed, int expected, int desired) {
        deploy(replicas);
        guard(rule);

        assertThat(number("disruptionsAllowed")).isEqualTo(allowed);
        assertThat(number("currentHealthy")).isEqualTo(replicas);
        assertThat(number("desiredHealthy")).isEqualTo(desired);
        assertThat(number("expectedPods")).isEqualTo(expected);
        assertThat(number("observedGeneration")).isEqualTo(1);
        assertThat(condition().path("reason").asString())
                .isEqualTo(allowed > 0 ? "SufficientPods" : "InsufficientPods");
        assertThat(condition().path("status").asString()).isEqualTo(allowed > 0 ? "True" : "False");
        assertThat(condition().path("message").asString("none")).isEmpty();
    }

    @Test
    void countsOnlyReadyPods() {
        deploy(3);
        guard("'minAvailable':2");
        assertThat(number("disruptionsAllowed")).isEqualTo(1);

        pods.ready(pods.all().getFirst(), false);
        api.settle();
        assertThat(number("disruptionsAllowed")).isZero();
        assertThat(condition().path("reason").asString()).isEqualTo("InsufficientPods");
    }

    /** Each look reads all pods of the namespace. */
    @Test
    void isAskedWhenAPodBecomesReadyAndNotWhenItGetsItsNode() {
        guard("'minAvailable':2");
        Resource made = pods.make("a", "'app':'web'");
        pods.bindAll();
        Resource bound = pods.all().getFirst();
        pods.ready(bound, true);
        Resource ready = pods.all().getFirst();

        assertThat(asked(made, bound)).isEmpty();
        assertThat(asked(bound, ready)).containsExactly(GUARD);
    }

    private List<ObjectKey> asked(Resource before, Resource after) {
        List<ObjectKey> asked = new ArrayList<>();
        new DisruptionController()
                .keysFor(
                        new Change(after.key(PODS), Optional.of(before), Optional.of(after)),
                        api,
                        asked::add);
        return asked;
    }

    @Test
    void aBudgetWithoutPodsAllowsNothingAndSaysSoOnce() {
        guard("'minAvailable':0");

        assertThat(number("disruptionsAllowed")).isZero();
        assertThat(api.told()).containsExactly("NoPods: No matching pods found");
    }

    @Test
    void anEmptySelectorSelectsEveryPodAndNoneSelectsNone() {
        pods.make("a", "'app':'web'");
        pods.make("b", "'app':'db'");
        api.create(BUDGETS, budget("all", "'minAvailable':1,'selector':{}"));
        api.create(BUDGETS, budget("none", "'minAvailable':1"));
        api.settle();

        assertThat(number("all", "expectedPods")).isEqualTo(2);
        assertThat(number("none", "expectedPods")).isZero();
    }

    @Test
    void followsTheScaleOfTheDeploymentAndNotThePodsThatAreThere() {
        deploy(4);
        guard("'maxUnavailable':1");
        Resource scaled = api.get(key(DEPLOYMENTS, "web")).orElseThrow().copy();
        Resource.child(scaled.tree(), "spec").put("replicas", 6);
        api.update(DEPLOYMENTS, scaled);
        api.settle();

        assertThat(number("expectedPods")).isEqualTo(6);
        assertThat(number("desiredHealthy")).isEqualTo(5);
        assertThat(number("disruptionsAllowed")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "apps, statefulsets, apps/v1, StatefulSet",
        "'', replicationcontrollers, v1, ReplicationController"
    })
    void otherOwnersHaveAScale(String group, String plural, String version, String kind) {
        GroupResource resource = new GroupResource(group, plural);
        Resource owner =
                api.create(
                        resource,
                        SimulatedApi.object(
                                "{'apiVersion':'%s','kind':'%s','metadata':{'name':'db','namespace':'default'},'spec':{'replicas':4}}"
                                        .formatted(version, kind)));
        Resource pod = pods.make("db-0", "'app':'web'").copy();
        pod.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", version)
                .put("kind", kind)
                .put("name", "db")
                .put("uid", owner.uid().value())
                .put("controller", true);
        api.update(PODS, pod);
        guard("'maxUnavailable':1");

        assertThat(number("expectedPods")).isEqualTo(4);
        assertThat(number("desiredHealthy")).isEqualTo(3);
    }

    @Test
    void anEvictedPodCountsAsGoneUntilItsDeletionIsSeen() {
        deploy(3);
        guard("'minAvailable':1");
        String victim = pods.all().getFirst().name();
        evict(victim);
        api.settle();

        assertThat(number("currentHealthy")).isEqualTo(2);
        assertThat(status().path("disruptedPods").has(victim)).isTrue();

        api.delete(key(PODS, victim), "Background");
        api.settle();
        assertThat(status().path("disruptedPods").has(victim)).isFalse();
        assertThat(number("currentHealthy")).isEqualTo(2);
    }

    @Test
    void aPodThatIsNotDeletedWithinTwoMinutesCountsAgain() {
        deploy(3);
        guard("'minAvailable':1");
        String victim = pods.all().getFirst().name();
        evict(victim);
        api.settle();
        api.pass(119);
        assertThat(number("currentHealthy")).isEqualTo(2);

        api.pass(2);
        assertThat(number("currentHealthy")).isEqualTo(3);
        assertThat(status().has("disruptedPods")).isFalse();
        assertThat(api.told())
                .contains(
                        "NotDeleted: Pod was expected by PDB default/guard to be deleted but it"
                                + " wasn't");
    }

    @Test
    void allowsNothingWhileTheOwnerOfAPodIsUnknown() {
        deploy(3);
        guard("'maxUnavailable':1");
        assertThat(number("disruptionsAllowed")).isEqualTo(1);
        Resource stray = pods.make("stray", "'app':'web'").copy();
        stray.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "batch/v1")
                .put("kind", "Job")
                .put("name", "j")
                .put("uid", "unknown")
                .put("controller", true);
        api.update(PODS, stray);
        api.settle();

        assertThat(number("disruptionsAllowed")).isZero();
        assertThat(condition().path("reason").asString()).isEqualTo("SyncFailed");
        assertThat(condition().path("message").asString())
                .isEqualTo("found no controllers for pod \"stray\"");
        api.drop(stray.key(PODS));
        api.settle();
        assertThat(number("disruptionsAllowed")).isEqualTo(1);
    }

    @Test
    void pointsAtPodsWithoutOwnerWhereAPercentageNeedsOne() {
        pods.make("lonely", "'app':'web'");
        guard("'minAvailable':'50%'");

        assertThat(number("expectedPods")).isZero();
        assertThat(number("disruptionsAllowed")).isZero();
        assertThat(api.told()).anyMatch(each -> each.startsWith("UnmanagedPods: "));
    }

    /** Safety: never more than the ready pods above the minimum. Liveness: then quiet. */
    @ParameterizedTest
    @MethodSource("seeds")
    void neverAllowsMoreThanThereIsToSpareAndThenStaysQuiet(long seed) {
        Random chance = new Random(seed);
        deploy(4);
        guard("'minAvailable':2");
        for (int i = 0; i < 40; i++) {
            List<Resource> all = pods.active();
            if (!all.isEmpty()) {
                Resource pod = all.get(chance.nextInt(all.size()));
                switch (chance.nextInt(4)) {
                    case 0 -> pods.ready(pod, chance.nextBoolean());
                    case 1 -> api.delete(pod.key(PODS), "Background");
                    case 2 -> pods.runAll();
                    default -> api.pass(chance.nextInt(90));
                }
            }
            api.settle();
            long ready =
                    pods.active().stream()
                            .filter(dev.gantry.controller.pod.PodLife::isReady)
                            .count();
            assertThat(number("disruptionsAllowed"))
                    .as("replay with -Dseed=%d", seed)
                    .isEqualTo((int) Math.max(0, ready - 2));
        }
        int before = api.actions();
        api.pass(600);
        assertThat(api.actions()).as("replay with -Dseed=%d", seed).isEqualTo(before);
    }

    private void deploy(int replicas) {
        api.create(
                DEPLOYMENTS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'apps/v1','kind':'Deployment',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'web'}},
                         'template':{'metadata':{'labels':{'app':'web'}},
                         'spec':{'containers':[{'name':'c','image':'i'}]}}},'status':{}}
                        """
                                .formatted(replicas)));
        api.settle();
        pods.runAll();
    }

    private void guard(String rule) {
        api.create(BUDGETS, budget("guard", rule + ",'selector':{'matchLabels':{'app':'web'}}"));
        api.settle();
    }

    private static Resource budget(String name, String spec) {
        return SimulatedApi.object(
                """
                {'apiVersion':'policy/v1','kind':'PodDisruptionBudget',
                 'metadata':{'name':'%s','namespace':'default'},'spec':{%s}}
                """
                        .formatted(name, spec));
    }

    private void evict(String pod) {
        Resource budget = api.get(GUARD).orElseThrow().copy();
        Resource.child(Resource.child(budget.tree(), "status"), "disruptedPods")
                .put(pod, api.now().toString());
        api.putStatus(BUDGETS, budget);
    }

    private static ObjectKey key(GroupResource resource, String name) {
        return new ObjectKey(resource, "default", name);
    }

    private JsonNode status() {
        return api.get(GUARD).orElseThrow().status();
    }

    private JsonNode condition() {
        return status().path("conditions").path(0);
    }

    private int number(String field) {
        return status().path(field).asInt(-1);
    }

    private int number(String budget, String field) {
        return api.get(key(BUDGETS, budget)).orElseThrow().status().path(field).asInt(-1);
    }
}
