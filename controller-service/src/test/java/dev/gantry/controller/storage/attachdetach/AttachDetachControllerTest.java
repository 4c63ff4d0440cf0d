package dev.gantry.controller.storage.attachdetach;

import static dev.gantry.controller.storage.attachdetach.AttachableVolumes.csi;
import static dev.gantry.controller.storage.attachdetach.AttachableVolumes.podKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AttachDetachControllerTest {
    private static final String MODE = "ReadWriteOnce";
    private static final ObjectKey DISK = Views.volumeKey("disk");

    private final AttachDetachController controller = new AttachDetachController();
    private final SimulatedApi api = new SimulatedApi(controller);
    private final AttachableVolumes world = new AttachableVolumes(api);

    @BeforeEach
    void twoNodes() {
        world.node("n1");
        world.node("n2");
    }

    @Test
    void attachesWhatAPodOfANodeNeedsAndTellsNodeAndPod() {
        world.volume("disk", MODE);
        world.pod("db", "disk", "n1");
        api.settle();

        Resource made = world.attachment("disk", "n1").orElseThrow();
        assertThat(made.spec().toString())
                .isEqualTo(
                        "{\"attacher\":\"disks.example.com\",\"nodeName\":\"n1\","
                                + "\"source\":{\"persistentVolumeName\":\"disk\"}}");
        assertThat(world.listed("n1")).isEmpty();

        world.runAttacher();
        api.settle();
        assertThat(world.node(Views.nodeKey("n1")).status().path("volumesAttached").toString())
                .isEqualTo(
                        "[{\"name\":\"kubernetes.io/csi/disks.example.com^handle-disk\","
                                + "\"devicePath\":\"\"}]");
        assertThat(api.told())
                .containsExactly(
                        "SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume"
                                + " \"disk\" ");
        int writes = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    /** The name is looked up by drivers' parts on the node. */
    @Test
    void namesAttachmentsByAHashOfVolumeDriverAndNode() {
        assertThat(new CsiVolume("driver", "handle").attachment("node"))
                .isEqualTo("csi-fdef298eb16db6fa42906ef1ff09a93a7f3028f8290cc9d71628ff91c237bfa7");
    }

    @Test
    void detachesAfterTheLastPodEnded() {
        attached("a", "n1");
        world.pod("b", "disk", "n1");
        api.settle();

        api.drop(podKey("a"));
        api.settle();
        assertThat(world.attachment("disk", "n1")).isPresent();
        phase("b", "Succeeded");
        api.settle();

        assertThat(world.listed("n1")).isEmpty();
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
        world.runAttacher();
        api.settle();
        assertThat(world.attachments()).isEmpty();
    }

    @Test
    void aPodThatGoesHoldsItsVolumesUntilItsContainersEnded() {
        attached("a", "n1");
        status("a", "{'containerStatuses':[{'name':'c','state':{'running':{}}}]}");
        api.delete(podKey("a"), "Background");
        api.settle();
        assertThat(world.listed("n1")).containsExactly(csi("disk").uniqueName());

        status("a", "{'containerStatuses':[{'name':'c','state':{'terminated':{}}}]}");
        api.settle();
        assertThat(world.listed("n1")).isEmpty();
    }

    @Test
    void detachesNothingThatAHealthyNodeHasInUse() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        api.drop(podKey("a"));
        api.pass(3600);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isFalse();
        assertThat(world.listed("n1")).containsExactly(csi("disk").uniqueName());

        world.inUse("n1", Set.of());
        api.settle();
        assertThat(world.listed("n1")).isEmpty();
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void takesItFromANodeThatIsNotReadyAfterSixMinutes() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        world.healthy("n1", false);
        api.drop(podKey("a"));
        api.settle();
        api.pass(359);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isFalse();

        api.pass(1);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void theSixMinutesBeginAgainWithEachPod() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        world.healthy("n1", false);
        api.drop(podKey("a"));
        api.settle();
        api.pass(300);
        world.pod("b", "disk", "n1");
        api.settle();
        api.drop(podKey("b"));
        api.settle();
        api.pass(300);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isFalse();

        api.pass(60);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void takesItAtOnceFromANodeThatIsOutOfService() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        world.healthy("n1", false);
        api.drop(podKey("a"));
        api.settle();
        world.taint("n1", "node.kubernetes.io/out-of-service");
        api.settle();

        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void aNodeThatIsGoneLosesWhatItHadNotInUse() {
        attached("a", "n1");
        api.drop(Views.nodeKey("n1"));
        api.drop(podKey("a"));
        api.settle();

        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void aNodeThatIsGoneKeepsWhatItHadInUseForSixMinutes() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        api.drop(Views.nodeKey("n1"));
        api.drop(podKey("a"));
        api.settle();
        api.pass(359);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isFalse();

        api.pass(1);
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void tellsWhoseVolumeItIsWhenASecondNodeAsks() {
        attached("a", "n1");
        world.pod("b", "disk", "n2");
        api.settle();

        assertThat(world.attachment("disk", "n2")).isEmpty();
        assertThat(api.told())
                .contains(
                        "FailedAttachVolume: Multi-Attach error for volume \"disk\" Volume is"
                                + " already used by pod(s) a");
    }

    /** Nodes and pods change all the time. */
    @Test
    void tellsAPodOnceThatAnotherNodeHasItsVolume() {
        attached("a", "n1");
        world.pod("b", "disk", "n2");
        api.settle();
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        api.settle();
        world.healthy("n1", false);
        api.settle();
        assertThat(multiAttachErrors()).isEqualTo(1);

        world.pod("c", "disk", "n2");
        api.settle();
        assertThat(multiAttachErrors()).as("another pod is told, too").isEqualTo(2);
    }

    private long multiAttachErrors() {
        return api.told().stream().filter(each -> each.contains("Multi-Attach error")).count();
    }

    @Test
    void tellsThatANodeStillHasAVolumeThatNobodyUsesThere() {
        attached("a", "n1");
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        api.drop(podKey("a"));
        world.pod("b", "disk", "n2");
        api.settle();

        assertThat(api.told())
                .contains(
                        "FailedAttachVolume: Multi-Attach error for volume \"disk\" Volume is"
                                + " already exclusively attached to one node and can't be attached"
                                + " to another");
    }

    @Test
    void movesAVolumeWithoutAWordOnceItsFirstPodIsGone() {
        attached("a", "n1");
        api.drop(podKey("a"));
        world.pod("b", "disk", "n2");
        api.settle();
        assertThat(world.attachment("disk", "n2")).isEmpty();
        world.runAttacher();
        api.settle();

        assertThat(world.attachments()).containsExactly(csi("disk").attachment("n2"));
        assertThat(api.told()).noneMatch(each -> each.startsWith("FailedAttachVolume"));
    }

    @Test
    void countsPodsOfOtherNamespacesWithoutNamingThem() {
        Resource near = SimulatedApi.object("{'metadata':{'name':'a','namespace':'one'}}");
        Resource far = SimulatedApi.object("{'metadata':{'name':'b','namespace':'two'}}");
        assertThat(AttachText.alreadyUsed(List.of(near, far), "one"))
                .isEqualTo(
                        "Volume is already used by pod(s) a and 1 pod(s) in different namespaces");
        assertThat(AttachText.alreadyUsed(List.of(far), "one"))
                .isEqualTo("Volume is already used by 1 pod(s) in different namespaces");
    }

    @Test
    void attachesToManyNodesWhatMayBeSharedByThem() {
        world.volume("disk", "ReadWriteMany");
        world.pod("a", "disk", "n1");
        world.pod("b", "disk", "n2");
        api.settle();

        assertThat(world.attachments())
                .containsExactlyInAnyOrder(
                        csi("disk").attachment("n1"), csi("disk").attachment("n2"));
    }

    @Test
    void whoAskedFirstGetsIt() {
        world.pod("b", "disk", "n2");
        api.pass(10);
        world.pod("a", "disk", "n1");
        world.volume("disk", MODE);
        api.settle();

        assertThat(world.attachments()).containsExactly(csi("disk").attachment("n2"));
    }

    @Test
    void aNodeThatComesLaterGetsWhatItsPodsNeed() {
        world.volume("disk", MODE);
        world.pod("a", "disk", "n3");
        api.settle();
        assertThat(world.attachments()).isEmpty();

        world.node("n3");
        api.settle();
        assertThat(world.attachments()).containsExactly(csi("disk").attachment("n3"));
    }

    @Test
    void aDriverMaySayThatItsVolumesAreThereAlready() {
        world.driver(false);
        world.volume("disk", MODE);
        world.volume("folder", MODE, "local.gantry.dev");
        world.pod("a", "disk", "n1");
        world.pod("b", "folder", "n1");
        api.settle();

        assertThat(world.attachments()).isEmpty();
    }

    @Test
    void passesOnWhatTheAttacherSays() {
        world.volume("disk", MODE);
        world.pod("a", "disk", "n1");
        api.settle();
        world.attachError("disk", "n1", "rpc error: out of disks");
        api.settle();

        assertThat(api.told())
                .containsExactly(
                        "FailedAttachVolume: AttachVolume.Attach failed for volume \"disk\" : rpc"
                                + " error: out of disks");
    }

    @Test
    void saysThatNoAttacherAnswers() {
        world.volume("disk", MODE);
        world.pod("a", "disk", "n1");
        api.settle();
        api.pass(119);
        assertThat(api.told()).isEmpty();
        api.pass(1);

        assertThat(api.told())
                .containsExactly(
                        "FailedAttachVolume: AttachVolume.Attach failed for volume \"disk\" : timed"
                                + " out waiting for external-attacher of disks.example.com CSI"
                                + " driver to attach volume handle-disk");
    }

    @Test
    void leavesAttachmentsAloneThatSomebodyElseMade() {
        world.volume("disk", MODE);
        for (String volume : List.of("disk", "unknown")) {
            api.create(
                    AttachableVolumes.ATTACHMENTS,
                    SimulatedApi.object(
                            """
                            {'apiVersion':'storage.k8s.io/v1','kind':'VolumeAttachment',
                             'metadata':{'name':'by-hand-%s'},
                             'spec':{'attacher':'disks.example.com','nodeName':'n1',
                              'source':{'persistentVolumeName':'%s'}}}
                            """
                                    .formatted(volume, volume)));
        }
        api.pass(3600);

        assertThat(world.attachments()).containsExactly("by-hand-disk", "by-hand-unknown");
    }

    @Test
    void aVolumeThatTwoObjectsStandForIsAttachedOnce() {
        world.volume("disk", "ReadWriteMany");
        world.volume("twin", "ReadWriteMany");
        Resource twin = api.get(Views.volumeKey("twin")).orElseThrow().copy();
        Resource.child(Resource.child(twin.tree(), "spec"), "csi")
                .put("volumeHandle", "handle-disk");
        api.update(Resources.PERSISTENT_VOLUMES, twin);
        world.pod("a", "disk", "n1");
        world.pod("b", "twin", "n1");
        api.settle();
        world.runAttacher();
        api.settle();
        assertThat(world.attachments()).hasSize(1);

        api.drop(podKey("a"));
        api.settle();
        assertThat(world.listed("n1")).containsExactly(csi("disk").uniqueName());
        api.drop(podKey("b"));
        api.settle();
        assertThat(world.listed("n1")).isEmpty();
    }

    @Test
    void detachesAlsoWhatHasNoObjectAnyMore() {
        attached("a", "n1");
        api.drop(DISK);
        api.settle();
        assertThat(world.listed("n1")).as("a pod still uses it").isNotEmpty();

        api.drop(podKey("a"));
        api.settle();
        assertThat(world.listed("n1")).isEmpty();
        assertThat(world.attachment("disk", "n1").orElseThrow().isBeingDeleted()).isTrue();
    }

    @Test
    void aNodeListsNothingWhoseAttachmentIsDeletedByHand() {
        attached("a", "n1");
        api.delete(
                new ObjectKey(AttachableVolumes.ATTACHMENTS, "", csi("disk").attachment("n1")),
                "Background");
        api.settle();
        assertThat(world.listed("n1")).isEmpty();

        world.runAttacher();
        api.settle();
        world.runAttacher();
        api.settle();
        assertThat(world.listed("n1")).containsExactly(csi("disk").uniqueName());
    }

    /** The cache may not know yet that the node mounted it. */
    @Test
    void asksTheApiForTheNodeBeforeItDetaches() {
        attached("a", "n1");
        assertThat(controller.liveReads(DISK, api)).isEqualTo(LiveReads.NONE);
        world.inUse("n1", Set.of(csi("disk").uniqueName()));
        api.drop(podKey("a"));
        api.settle();

        assertThat(controller.liveReads(DISK, api).objects()).containsExactly(Views.nodeKey("n1"));
    }

    /** It may have been detached, by a leader before this one or without an answer. */
    @Test
    void asksTheApiForTheAttachmentBeforeItTellsTheNodeOfIt() {
        world.volume("disk", MODE);
        world.pod("a", "disk", "n1");
        api.settle();
        assertThat(controller.liveReads(DISK, api)).isEqualTo(LiveReads.NONE);
        world.runAttacher();

        assertThat(controller.liveReads(DISK, api).objects())
                .containsExactly(
                        world.attachment("disk", "n1")
                                .orElseThrow()
                                .key(AttachableVolumes.ATTACHMENTS));
    }

    /** The answer to a creation was lost, and no change has told of what it made so far. */
    @Test
    void asksTheApiForWhatItMayHaveMadeBeforeAnotherNodeGetsTheVolume() {
        var late = new AttachDetachController();
        api.listen(
                change -> {
                    if (!change.isOf(AttachableVolumes.ATTACHMENTS)) {
                        late.keysFor(change, api, _ -> {});
                    }
                });
        world.node("n3");
        world.node("n4");
        world.volume("other", MODE);
        world.pod("a", "other", "n3");
        ObjectKey other = Views.volumeKey("other");
        Action create = late.reconcile(other, api, api.now()).actions().getFirst();
        api.apply(create);
        api.drop(podKey("a"));
        world.pod("b", "other", "n4");

        ObjectKey made =
                new ObjectKey(AttachableVolumes.ATTACHMENTS, "", csi("other").attachment("n3"));
        assertThat(late.liveReads(other, api).objects()).contains(made);
        assertThat(late.reconcile(other, api, api.now()).actions())
                .singleElement()
                .isInstanceOf(Action.Delete.class);
    }

    private void attached(String pod, String node) {
        world.volume("disk", MODE);
        world.pod(pod, "disk", node);
        api.settle();
        world.runAttacher();
        api.settle();
        assertThat(world.listed(node)).containsExactly(csi("disk").uniqueName());
    }

    private void phase(String pod, String phase) {
        status(pod, "{'phase':'%s'}".formatted(phase));
    }

    private void status(String pod, String json) {
        Resource next = api.get(podKey(pod)).orElseThrow().copy();
        next.tree().set("status", SimulatedApi.object(json).tree());
        api.putStatus(AttachableVolumes.PODS, next);
    }
}
