package dev.gantry.controller.workload.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReplicaSetControllerTest {
    private static final GroupResource SETS = Resources.REPLICA_SETS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey WEB = new ObjectKey(SETS, "default", "web");

    private final SimulatedApi api = new SimulatedApi(new ReplicaSetController());
    private final Pods pods = new Pods(api);

    static LongStream seeds() {
        return Seeds.first(40);
    }

    @Test
    void makesThePodsThatAreMissing() {
        want(3);

        assertThat(pods.all()).hasSize(3);
        Resource pod = pods.all().getFirst();
        assertThat(pod.name()).startsWith("web-");
        assertThat(pod.labels()).containsEntry("app", "web");
        assertThat(pod.controller().orElseThrow().name()).isEqualTo("web");
        assertThat(api.told()).contains("SuccessfulCreate: Created pod: " + pod.name());
    }

    @Test
    void countsReadyAndAvailablePods() {
        want(2);
        pods.runAll();

        var status = set().status();
        assertThat(status.path("replicas").asInt()).isEqualTo(2);
        assertThat(status.path("fullyLabeledReplicas").asInt()).isEqualTo(2);
        assertThat(status.path("readyReplicas").asInt()).isEqualTo(2);
        assertThat(status.path("availableReplicas").asInt()).isEqualTo(2);
        assertThat(status.path("observedGeneration").asInt()).isEqualTo(1);
    }

    @Test
    void aPodIsAvailableOnlyAfterItsMinimumTime() {
        api.create(SETS, web(1, "'minReadySeconds':10,"));
        api.settle();
        pods.runAll();
        assertThat(set().status().path("availableReplicas").asInt()).isZero();

        api.pass(10);
        assertThat(set().status().path("availableReplicas").asInt()).isEqualTo(1);
    }

    @Test
    void deletesNotReadyPodsFirst() {
        want(3);
        pods.runAll();
        Resource bad = pods.all().get(1);
        pods.ready(bad, false);
        scale(2);

        assertThat(pods.active()).extracting(Resource::name).doesNotContain(bad.name()).hasSize(2);
    }

    @Test
    void deletesUnboundPodsBeforeAllOthers() {
        want(2);
        pods.runAll();
        scale(3);
        String unbound =
                pods.all().stream()
                        .filter(pod -> Resource.text(pod.spec(), "nodeName").isEmpty())
                        .findFirst()
                        .orElseThrow()
                        .name();
        scale(2);

        assertThat(pods.all()).extracting(Resource::name).doesNotContain(unbound).hasSize(2);
    }

    @Test
    void honoursTheDeletionCost() {
        want(3);
        pods.runAll();
        Resource cheap = pods.all().get(1).copy();
        Resource.child(cheap.mutableMetadata(), "annotations")
                .put("controller.kubernetes.io/pod-deletion-cost", "-5");
        api.update(PODS, cheap);
        scale(2);

        assertThat(pods.active()).extracting(Resource::name).doesNotContain(cheap.name());
    }

    @Test
    void adoptsOrphansThatMatch() {
        Resource orphan = pods.make("stray", "'app':'web'");
        want(2);

        assertThat(pods.all()).hasSize(2);
        assertThat(api.get(orphan.key(PODS)).orElseThrow().controller()).isPresent();
    }

    @Test
    void releasesPodsThatMatchNoMoreAndReplacesThem() {
        want(1);
        Resource changed = pods.all().getFirst().copy();
        Resource.child(changed.mutableMetadata(), "labels").put("app", "debug");
        api.update(PODS, changed);
        api.settle();

        assertThat(pods.all()).hasSize(2);
        assertThat(api.get(changed.key(PODS)).orElseThrow().owners()).isEmpty();
    }

    @Test
    void replacesAPodThatFailed() {
        want(1);
        Resource failed = pods.all().getFirst().copy();
        Resource.child(failed.tree(), "status").put("phase", "Failed");
        api.putStatus(PODS, failed);
        api.settle();

        assertThat(pods.active()).hasSize(1);
        assertThat(pods.all()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settlesAndThenStaysQuietWhateverHappened(long seed) {
        var random = new Random(seed);
        want(3);
        int wanted = 3;
        for (int step = 0; step < 40; step++) {
            List<Resource> all = pods.all();
            switch (random.nextInt(5)) {
                case 0 -> {
                    wanted = random.nextInt(6);
                    scale(wanted);
                }
                case 1 -> pods.runAll();
                case 2 -> pods.make("stray-" + step, "'app':'web'");
                case 3 -> {
                    if (!all.isEmpty()) {
                        api.delete(all.get(random.nextInt(all.size())).key(PODS), "Background");
                    }
                }
                default -> {
                    if (!all.isEmpty()) {
                        pods.ready(all.get(random.nextInt(all.size())), random.nextBoolean());
                    }
                }
            }
            api.settle();
            assertThat(pods.active()).as("replay with -Dseed=%d", seed).hasSize(wanted);
        }
        int before = api.actions();
        api.pass(1);
        assertThat(api.actions()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverDeletesMoreThanThereAreTooMany(long seed) {
        var random = new Random(seed);
        want(6);
        pods.runAll();
        int target = random.nextInt(6);
        api.always(
                () ->
                        assertThat(pods.active())
                                .as("replay with -Dseed=%d", seed)
                                .hasSizeGreaterThanOrEqualTo(target));
        scale(target);
    }

    private void want(int replicas) {
        api.create(SETS, web(replicas, ""));
        api.settle();
    }

    private void scale(int replicas) {
        Resource next = set().copy();
        Resource.child(next.tree(), "spec").put("replicas", replicas);
        api.update(SETS, next);
        api.settle();
    }

    private Resource set() {
        return api.get(WEB).orElseThrow();
    }

    private static Resource web(int replicas, String more) {
        return SimulatedApi.object(
                """
                {'apiVersion':'apps/v1','kind':'ReplicaSet',
                 'metadata':{'name':'web','namespace':'default'},
                 'spec':{'replicas':%d,%s'selector':{'matchLabels':{'app':'web'}},
                   'template':{'metadata':{'labels':{'app':'web'}},
                     'spec':{'containers':[{'name':'c','image':'i'}]}}},'status':{}}
                """
                        .formatted(replicas, more));
    }
}
