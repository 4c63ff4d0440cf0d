package dev.gantry.controller.storage.localvolume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.controller.storage.persistentvolume.PersistentVolumeController;
import dev.gantry.controller.storage.volumeprotection.PvProtectionController;
import dev.gantry.controller.storage.volumeprotection.PvcProtectionController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalVolumeControllerTest {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource NODES = Resources.NODES;
    private static final ObjectKey DATA = new ObjectKey(CLAIMS, "default", "data");

    private final LocalVolumeController controller = new LocalVolumeController();
    private final SimulatedApi api =
            new SimulatedApi(
                    controller,
                    new PersistentVolumeController(),
                    new PvProtectionController(),
                    new PvcProtectionController());

    @BeforeEach
    void twoNodes() {
        for (String name : List.of("n1", "n2")) {
            api.create(
                    NODES,
                    SimulatedApi.object(
                            """
                            {'apiVersion':'v1','kind':'Node','metadata':{'name':'%s',
                             'labels':{'kubernetes.io/hostname':'%s.example'}},'status':{}}
                            """
                                    .formatted(name, name)));
        }
    }

    @Test
    void makesAVolumeOnTheChosenNodeThatTheClaimIsThenBoundTo() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "n2");
        api.settle();

        Resource volume = volume();
        assertThat(volume.name()).isEqualTo("pvc-" + claim().uid());
        assertThat(volume.spec().path("capacity").path("storage").asString()).isEqualTo("5Gi");
        assertThat(LocalVolume.host(volume.spec())).isEqualTo("n2.example");
        assertThat(Resource.text(volume.status(), "phase")).isEqualTo("Bound");
        assertThat(Resource.text(claim().status(), "phase")).isEqualTo("Bound");
        assertThat(api.told())
                .contains(
                        "ProvisioningSucceeded: Successfully provisioned volume " + volume.name());
        int writes = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void waitsForTheSchedulersChoice() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "");
        api.settle();

        assertThat(api.list(VOLUMES)).isEmpty();
    }

    @Test
    void deletesTheFolderAndThenTheVolumeOfAClaimThatIsGone() {
        Resource volume = boundThenReleased("Delete");

        assertThat(api.deletedPaths())
                .containsExactly("/api/v1/nodes/n2/proxy/localVolumes/" + volume.name());
        assertThat(api.list(VOLUMES)).isEmpty();
    }

    @Test
    void keepsWhatIsToBeRetainedAlsoWhenItsVolumeIsDeletedByHand() {
        Resource volume = boundThenReleased("Retain");
        assertThat(Resource.text(volume().status(), "phase")).isEqualTo("Released");

        api.delete(volume.key(VOLUMES), "Background");
        api.settle();
        assertThat(api.list(VOLUMES)).isEmpty();
        assertThat(api.deletedPaths()).isEmpty();
    }

    @Test
    void neverDeletesAFolderWhileAClaimHasIt() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "n2");
        api.settle();
        api.delete(volume().key(VOLUMES), "Background");
        api.settle();

        assertThat(volume().isBeingDeleted()).isTrue();
        assertThat(api.deletedPaths()).isEmpty();
    }

    @Test
    void aVolumeOfANodeThatIsNoMoreJustGoes() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "n2");
        api.settle();
        api.drop(new ObjectKey(NODES, "", "n2"));
        api.delete(DATA, "Background");
        api.settle();

        assertThat(api.list(VOLUMES)).isEmpty();
        assertThat(api.deletedPaths()).isEmpty();
    }

    @Test
    void givesUpANodeThatIsNoMoreSoThatAnotherIsChosen() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "gone");
        assertThat(controller.liveReads(DATA, api))
                .isEqualTo(LiveReads.objects(List.of(new ObjectKey(NODES, "", "gone"))));
        api.settle();

        assertThat(claim().annotations()).doesNotContainKey(LocalClaimView.SELECTED_NODE);
        assertThat(api.list(VOLUMES)).isEmpty();
    }

    @Test
    void saysWhatItCannotProvision() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Block", "n1");
        api.settle();

        assertThat(api.list(VOLUMES)).isEmpty();
        assertThat(api.told())
                .contains(
                        "ProvisioningFailed: failed to provision volume with StorageClass \"local\":"
                                + " local volumes are folders, not devices");
    }

    @Test
    void volumeAndClaimHoldWhatTheClaimAsksForOnceItAsksForMore() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "n2");
        api.settle();
        request("8Gi");
        api.settle();

        assertThat(volume().spec().path("capacity").path("storage").asString()).isEqualTo("8Gi");
        assertThat(claim().status().path("capacity").path("storage").asString()).isEqualTo("8Gi");
        assertThat(claim().status().path("allocatedResources").path("storage").asString())
                .isEqualTo("8Gi");
        assertThat(api.told())
                .containsSubsequence(
                        "Resizing: External resizer is resizing volume " + volume().name(),
                        "VolumeResizeSuccessful: Resize volume succeeded");
        int writes = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void resizesNoVolumeOfSomebodyElse() {
        storageClass("WaitForFirstConsumer", "Delete");
        claim("Filesystem", "n2");
        api.settle();
        Resource foreign = volume().copy();
        Resource.child(Resource.child(foreign.tree(), "spec"), "csi").put("driver", "other");
        api.update(VOLUMES, foreign);
        request("8Gi");
        api.settle();

        assertThat(volume().spec().path("capacity").path("storage").asString()).isEqualTo("5Gi");
        assertThat(claim().status().path("capacity").path("storage").asString()).isEqualTo("5Gi");
    }

    private void request(String size) {
        Resource claim = claim().copy();
        Resource.child(
                        Resource.child(Resource.child(claim.tree(), "spec"), "resources"),
                        "requests")
                .put("storage", size);
        api.update(CLAIMS, claim);
    }

    private Resource boundThenReleased(String policy) {
        storageClass("WaitForFirstConsumer", policy);
        claim("Filesystem", "n2");
        api.settle();
        Resource volume = volume();
        api.delete(DATA, "Background");
        api.settle();
        assertThat(api.get(DATA)).isEqualTo(Optional.empty());
        return volume;
    }

    private Resource volume() {
        return api.list(VOLUMES).getFirst();
    }

    private Resource claim() {
        return api.get(DATA).orElseThrow();
    }

    private void storageClass(String mode, String policy) {
        api.create(
                Resources.STORAGE_CLASSES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'storage.k8s.io/v1','kind':'StorageClass',
                         'metadata':{'name':'local'},'provisioner':'local.gantry.dev',
                         'reclaimPolicy':'%s','volumeBindingMode':'%s'}
                        """
                                .formatted(policy, mode)));
    }

    /** As it is once the scheduler chose a node for its first pod. */
    private void claim(String volumeMode, String node) {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                         'metadata':{'name':'data','namespace':'default','annotations':{%s}},
                         'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'local',
                          'volumeMode':'%s','resources':{'requests':{'storage':'5Gi'}}},
                         'status':{'phase':'Pending'}}
                        """
                                .formatted(
                                        node.isEmpty()
                                                ? ""
                                                : "'volume.kubernetes.io/selected-node':'%s'"
                                                        .formatted(node),
                                        volumeMode)));
    }
}
