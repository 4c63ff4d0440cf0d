package dev.gantry.controller.workload.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class StatefulSetControllerTest {
    private static final GroupResource SETS = Resources.STATEFUL_SETS;
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final ObjectKey DB = new ObjectKey(SETS, "default", "db");

    private final SimulatedApi api = new SimulatedApi(new StatefulSetController());
    private final Pods pods = new Pods(api);

    @Test
    void makesOnePodAfterTheOther() {
        create(3, "");
        assertThat(names()).containsExactly("db-0");
        Resource first = pods.all().getFirst();
        assertThat(first.labels())
                .containsEntry("statefulset.kubernetes.io/pod-name", "db-0")
                .containsEntry("apps.kubernetes.io/pod-index", "0")
                .containsEntry("controller-revision-hash", revision());
        assertThat(Resource.text(first.spec(), "hostname")).isEqualTo("db-0");
        assertThat(Resource.text(first.spec(), "subdomain")).isEqualTo("svc");

        pods.runAll();
        assertThat(names()).containsExactly("db-0", "db-1");
        pods.runAll();
        pods.runAll();
        assertThat(names()).containsExactly("db-0", "db-1", "db-2");
        assertThat(status().path("readyReplicas").asInt()).isEqualTo(3);
        assertThat(status().path("availableReplicas").asInt()).isEqualTo(3);
        assertThat(status().path("currentReplicas").asInt()).isEqualTo(3);
        assertThat(status().path("updatedReplicas").asInt()).isEqualTo(3);
        assertThat(status().path("currentRevision").asString()).isEqualTo(revision());
        assertThat(api.told())
                .contains("SuccessfulCreate: Create Pod db-0 in StatefulSet db successful");
    }

    /** Of a set of thousands, each look reads all pods. */
    @Test
    void whatAPodTellsOnItsWayIsNoNewsUntilItIsReady() {
        create(1, "");
        Resource made = api.list(PODS).getFirst();
        new Pods(api).bindAll();
        Resource bound = api.list(PODS).getFirst();
        assertThat(concerned(made, bound)).isEmpty();

        new Pods(api).ready(bound, true);
        assertThat(concerned(bound, api.list(PODS).getFirst())).contains(DB);
    }

    private List<ObjectKey> concerned(Resource before, Resource after) {
        List<ObjectKey> concerned = new ArrayList<>();
        new StatefulSetController()
                .keysFor(
                        new Change(after.key(PODS), Optional.of(before), Optional.of(after)),
                        api,
                        concerned::add);
        return concerned;
    }

    @Test
    void inParallelAllComeAtOnce() {
        create(3, "'podManagementPolicy':'Parallel',");
        assertThat(names()).containsExactly("db-0", "db-1", "db-2");
        change(spec -> spec.put("replicas", 0));
        pods.runAll();
        assertThat(names()).isEmpty();
    }

    @Test
    void numbersMayStartLater() {
        create(2, "'podManagementPolicy':'Parallel','ordinals':{'start':5},");
        assertThat(names()).containsExactly("db-5", "db-6");
    }

    @Test
    void aPodIsWaitedForUntilItIsAvailable() {
        create(2, "'minReadySeconds':10,");
        pods.runAll();
        assertThat(names()).containsExactly("db-0");
        api.pass(10);
        assertThat(names()).containsExactly("db-0", "db-1");
    }

    @Test
    void shrinksFromTheHighestNumberDownOneAtATime() {
        running(3, "");
        change(spec -> spec.put("replicas", 1));
        assertThat(going()).containsExactly("db-2");
        pods.runAll();
        assertThat(going()).containsExactly("db-1");
        pods.runAll();
        assertThat(names()).containsExactly("db-0");
    }

    @Test
    void aPodIsMadeAgainUnderItsNameOnlyWhenItIsGone() {
        running(2, "");
        api.delete(new ObjectKey(PODS, "default", "db-0"), "Background");
        api.settle();
        assertThat(going()).containsExactly("db-0");
        pods.runAll();
        pods.runAll();
        assertThat(names()).containsExactly("db-0", "db-1");
        assertThat(going()).isEmpty();
    }

    @Test
    void aPodThatFailedIsMadeAgain() {
        running(1, "");
        Resource failed = pods.all().getFirst();
        pods.end(failed, "Failed");
        api.settle();
        pods.runAll();
        pods.runAll();
        assertThat(pods.all()).hasSize(1);
        assertThat(pods.all().getFirst().uid()).isNotEqualTo(failed.uid());
        assertThat(api.told())
                .contains("SuccessfulDelete: Delete Pod db-0 in StatefulSet db successful")
                .noneMatch(each -> each.startsWith("Recreating"));
    }

    @Test
    void rollsFromTheHighestNumberDownAndKeepsHistory() {
        running(3, "");
        String before = revision();
        image("i:2");
        assertThat(revisions()).hasSize(2);
        assertThat(status().path("currentRevision").asString()).isEqualTo(before);
        assertThat(status().path("updateRevision").asString()).isNotEqualTo(before);
        assertThat(going()).containsExactly("db-2");
        pods.runAll();
        pods.runAll();
        assertThat(going()).containsExactly("db-1");
        for (int i = 0; i < 6; i++) {
            pods.runAll();
        }
        assertThat(images()).containsExactly("i:2", "i:2", "i:2");
        assertThat(status().path("currentRevision").asString())
                .isEqualTo(status().path("updateRevision").asString());
        assertThat(status().path("currentReplicas").asInt()).isEqualTo(3);
    }

    @Test
    void theTemplateThatComesBackIsTheRevisionThatItWas() {
        running(1, "");
        image("i:2");
        image("i");
        assertThat(revisions()).hasSize(2);
        assertThat(revisions().stream().mapToLong(r -> r.tree().path("revision").asLong()))
                .containsExactlyInAnyOrder(2L, 3L);
        Resource newest =
                revisions().stream()
                        .filter(r -> r.tree().path("revision").asLong() == 3)
                        .findFirst()
                        .orElseThrow();
        assertThat(newest.tree().at("/data/spec/template/$patch").asString()).isEqualTo("replace");
        assertThat(newest.tree().at("/data/spec/template/spec/containers/0/image").asString())
                .isEqualTo("i");
    }

    @Test
    void aPartitionKeepsLowNumbersAsTheyAre() {
        running(3, "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':2}},");
        image("i:2");
        for (int i = 0; i < 6; i++) {
            pods.runAll();
        }
        assertThat(images()).containsExactly("i", "i", "i:2");
        api.delete(new ObjectKey(PODS, "default", "db-0"), "Background");
        for (int i = 0; i < 4; i++) {
            pods.runAll();
        }
        assertThat(images()).as("what comes again is as it was").containsExactly("i", "i", "i:2");
        assertThat(status().path("updatedReplicas").asInt()).isEqualTo(1);
        assertThat(status().path("currentReplicas").asInt()).isEqualTo(2);
    }

    @Test
    void onDeleteLeavesItToPeople() {
        running(2, "'updateStrategy':{'type':'OnDelete'},");
        image("i:2");
        assertThat(going()).isEmpty();
        api.delete(new ObjectKey(PODS, "default", "db-0"), "Background");
        for (int i = 0; i < 4; i++) {
            pods.runAll();
        }
        assertThat(images()).containsExactly("i:2", "i");
    }

    @Test
    void inParallelItRollsOneAfterTheOtherAllTheSame() {
        running(3, "'podManagementPolicy':'Parallel',");
        image("i:2");
        assertThat(going()).containsExactly("db-2");
    }

    @Test
    void historyIsBounded() {
        running(1, "'revisionHistoryLimit':1,");
        for (String each : List.of("i:2", "i:3", "i:4")) {
            image(each);
            for (int i = 0; i < 4; i++) {
                pods.runAll();
            }
        }
        assertThat(revisions()).hasSize(2);
    }

    @Test
    void eachPodHasClaimsOfItsOwnThatStay() {
        running(2, CLAIM);
        assertThat(claims()).containsExactly("data-db-0", "data-db-1");
        assertThat(api.told())
                .contains(
                        "SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success");
        Resource pod = pods.all().getFirst();
        assertThat(pod.spec().at("/volumes/0/persistentVolumeClaim/claimName").asString())
                .isEqualTo("data-db-0");
        assertThat(api.list(CLAIMS).getFirst().labels()).containsEntry("app", "db");
        change(spec -> spec.put("replicas", 1));
        pods.runAll();
        assertThat(claims()).containsExactly("data-db-0", "data-db-1");
        assertThat(api.list(CLAIMS)).allMatch(claim -> claim.owners().isEmpty());
    }

    @Test
    void claimsMayGoWithTheSetOrWithTheirPod() {
        running(
                2,
                CLAIM
                        + "'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Delete','whenScaled':'Delete'},");
        assertThat(api.list(CLAIMS))
                .allSatisfy(
                        claim ->
                                assertThat(claim.owners().getFirst().kind())
                                        .isEqualTo("StatefulSet"));
        change(spec -> spec.put("replicas", 1));
        assertThat(going()).containsExactly("db-1");
        Resource claim = api.get(new ObjectKey(CLAIMS, "default", "data-db-1")).orElseThrow();
        assertThat(claim.owners()).hasSize(1);
        assertThat(claim.owners().getFirst().kind()).isEqualTo("Pod");
    }

    private static final String CLAIM =
            "'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce']}}],";

    private void create(int replicas, String more) {
        api.create(SETS, StatefulSetObjects.set(replicas, more));
        api.settle();
    }

    private void running(int replicas, String more) {
        create(replicas, more);
        for (int i = 0; i <= replicas; i++) {
            pods.runAll();
        }
        assertThat(pods.active()).hasSize(replicas);
    }

    private void change(Consumer<ObjectNode> how) {
        Resource next = set().copy();
        how.accept(Resource.child(next.tree(), "spec"));
        api.update(SETS, next);
        api.settle();
    }

    private void image(String image) {
        change(spec -> ((ObjectNode) spec.at("/template/spec/containers/0")).put("image", image));
    }

    private Resource set() {
        return api.get(DB).orElseThrow();
    }

    private JsonNode status() {
        return set().status();
    }

    private String revision() {
        return status().path("updateRevision").asString();
    }

    private List<Resource> revisions() {
        return api.list(Resources.CONTROLLER_REVISIONS);
    }

    private List<String> names() {
        return pods.all().stream().map(Resource::name).toList();
    }

    private List<String> going() {
        return pods.all().stream().filter(Resource::isBeingDeleted).map(Resource::name).toList();
    }

    private List<String> claims() {
        return api.list(CLAIMS).stream().map(Resource::name).toList();
    }

    private List<String> images() {
        return pods.all().stream()
                .map(pod -> pod.spec().at("/containers/0/image").asString())
                .toList();
    }
}
