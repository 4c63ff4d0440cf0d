package dev.gantry.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.world.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimReconcilerTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource CLASSES = Resources.STORAGE_CLASSES;

    private final StorageWorld world = new StorageWorld();
    private final SimulatedApi api = world.api();

    @Test
    void bindsBothSidesToEachOther() {
        world.volume("pv", "5Gi", "");
        world.claim("data", "3Gi", "");
        api.settle();

        Resource volume = world.volume("pv");
        Resource claim = world.claim("data");
        assertThat(Storage.claimUid(volume)).isEqualTo(claim.uid().value());
        assertThat(volume.spec().path("claimRef").path("kind").asString())
                .isEqualTo("PersistentVolumeClaim");
        assertThat(volume.annotations()).containsEntry(Storage.BY_CONTROLLER, "yes");
        assertThat(Storage.phase(volume)).isEqualTo("Bound");
        assertThat(Storage.volumeName(claim)).isEqualTo("pv");
        assertThat(claim.annotations())
                .containsEntry(Storage.BY_CONTROLLER, "yes")
                .containsEntry(Storage.COMPLETED, "yes");
        assertThat(Storage.phase(claim)).isEqualTo("Bound");
        assertThat(claim.status().path("capacity").path("storage").asString()).isEqualTo("5Gi");
        assertThat(claim.status().path("accessModes").path(0).asString())
                .isEqualTo("ReadWriteOnce");
    }

    @Test
    void takesTheSmallestThatIsLargeEnough() {
        world.volume("small", "2Gi", "");
        world.volume("large", "10Gi", "");
        world.volume("fitting", "5Gi", "");
        world.claim("data", "3Gi", "");
        api.settle();

        assertThat(Storage.volumeName(world.claim("data"))).isEqualTo("fitting");
        assertThat(Storage.phase(world.volume("large"))).isEqualTo("Available");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'storageClassName':'slow' | | false",
                "'storageClassName':'slow' | 'storageClassName':'slow' | true",
                "'storageClassName':'' | 'storageClassName':'slow' | false",
                "'volumeMode':'Block' | | false",
                "'volumeMode':'Block' | 'volumeMode':'Block' | true",
                "'selector':{'matchLabels':{'disk':'ssd'}} | | false",
                "'selector':{'matchLabels':{'tier':'gold'}} | | true",
                "'volumeAttributesClassName':'fast' | | false"
            })
    void bindsOnlyWhatTheClaimAsksFor(String claim, String volume, boolean isBound) {
        world.volume("pv", "5Gi", volume == null ? "" : "," + volume);
        world.claim("data", "3Gi", "," + claim);
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo(isBound ? "Bound" : "Pending");
    }

    @Test
    void wantsEveryAccessModeThatIsAskedFor() {
        world.volume("pv", "5Gi", ",'accessModes':['ReadWriteOnce','ReadOnlyMany']");
        world.claim("writers", "1Gi", ",'accessModes':['ReadWriteMany']");
        world.claim("reader", "1Gi", ",'accessModes':['ReadOnlyMany']");
        api.settle();

        assertThat(Storage.phase(world.claim("writers"))).isEqualTo("Pending");
        assertThat(Storage.phase(world.claim("reader"))).isEqualTo("Bound");
        assertThat(api.told())
                .contains(
                        "FailedBinding: no persistent volumes available for this claim and no"
                                + " storage class is set");
    }

    @Test
    void bindsAWaitingClaimWhenItsVolumeComes() {
        world.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");
        world.volume("pv", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void completesAVolumeThatAPersonKeptForTheClaim() {
        world.volume("other", "1Gi", "");
        world.volume("kept", "50Gi", ",'claimRef':{'namespace':'default','name':'data'}");
        api.settle();
        assertThat(Storage.phase(world.volume("kept"))).isEqualTo("Available");
        world.claim("data", "1Gi", "");
        api.settle();

        assertThat(Storage.volumeName(world.claim("data"))).isEqualTo("kept");
        assertThat(world.volume("kept").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
        assertThat(Storage.claimUid(world.volume("kept")))
                .isEqualTo(world.claim("data").uid().value());
    }

    @Test
    void keepsAVolumeThatIsKeptForAnotherName() {
        world.volume("kept", "1Gi", ",'claimRef':{'namespace':'default','name':'other'}");
        world.claim("data", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");
    }

    @Test
    void completesAClaimThatNamesItsVolume() {
        world.claim("data", "1Gi", ",'volumeName':'pv'");
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");
        world.volume("pv", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
        assertThat(Storage.phase(world.volume("pv"))).isEqualTo("Bound");
        assertThat(world.claim("data").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'volumeName':'pv', 9Gi, requested PV is too small",
                "'volumeName':'pv'|'storageClassName':'slow', 1Gi, storageClassName does not match",
                "'volumeName':'pv'|'volumeMode':'Block', 1Gi, incompatible volumeMode",
                "'volumeName':'pv'|'accessModes':['ReadWriteMany'], 1Gi, incompatible accessMode"
            })
    void saysWhyTheNamedVolumeCannotBeBound(String fields, String size, String why) {
        world.volume("pv", "5Gi", "");
        world.claim("data", size, "," + fields.replace('|', ','));
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");
        assertThat(api.told())
                .contains("VolumeMismatch: Cannot bind to requested volume \"pv\": " + why);
    }

    @Test
    void leavesADelayedClaimToTheSchedulerAndSaysWhatItWaitsFor() {
        world.storageClass("late", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        world.volume("pv", "1Gi", ",'storageClassName':'late'");
        world.claim("data", "1Gi", ",'storageClassName':'late'");
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");
        assertThat(Storage.claimOf(world.volume("pv"))).isEmpty();
        assertThat(api.told())
                .contains(
                        "WaitForFirstConsumer: waiting for first consumer to be created before"
                                + " binding");
        world.pod("user", "data");
        api.settle();
        assertThat(api.told())
                .contains("WaitForPodScheduled: waiting for pod user to be scheduled");

        api.update(VOLUMES, world.chosen("pv", "data"));
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
        assertThat(Storage.phase(world.volume("pv"))).isEqualTo("Bound");
    }

    @Test
    void asksTheExternalProvisionerOnceANodeIsChosen() {
        world.storageClass("csi", "csi.example.com", "WaitForFirstConsumer");
        world.claim("data", "1Gi", ",'storageClassName':'csi'");
        api.settle();
        assertThat(world.claim("data").annotations()).doesNotContainKey(Storage.PROVISIONER);
        Resource chosen = world.claim("data").copy();
        Bond.annotate(chosen, Storage.SELECTED_NODE, "n1");
        api.update(CLAIMS, chosen);
        api.settle();

        assertThat(world.claim("data").annotations())
                .containsEntry(Storage.PROVISIONER, "csi.example.com")
                .containsEntry(Storage.OLD_PROVISIONER, "csi.example.com");
        assertThat(api.told())
                .anyMatch(each -> each.startsWith("ExternalProvisioning: Waiting for"));
        world.volume(
                "made",
                "1Gi",
                ",'storageClassName':'csi','claimRef':{'namespace':'default','name':'data','uid':'"
                        + world.claim("data").uid()
                        + "'}");
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void saysWhyNothingCanBeProvisioned() {
        world.claim("a", "1Gi", ",'storageClassName':'none'");
        world.storageClass("static", "kubernetes.io/no-provisioner", "Immediate");
        world.claim("b", "1Gi", ",'storageClassName':'static'");
        api.settle();

        assertThat(api.told())
                .contains(
                        "ProvisioningFailed: storageclass.storage.k8s.io \"none\" not found",
                        "ProvisioningFailed: no volume plugin matched name:"
                                + " kubernetes.io/no-provisioner");
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOneWhenItComes() {
        world.claim("plain", "1Gi", "");
        world.claim("classless", "1Gi", ",'storageClassName':''");
        api.settle();
        Resource standard = world.storageClass("standard", "csi.example.com", "Immediate").copy();
        Resource.child(standard.mutableMetadata(), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        api.update(CLASSES, standard);
        api.settle();

        assertThat(Storage.className(world.claim("plain"))).isEqualTo("standard");
        assertThat(Storage.className(world.claim("classless"))).isEmpty();
    }

    @Test
    void aClaimWhoseVolumeVanishedIsLost() {
        world.volume("pv", "1Gi", "");
        world.claim("data", "1Gi", "");
        api.settle();
        api.drop(new ObjectKey(VOLUMES, "", "pv"));
        api.settle();

        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Lost");
        assertThat(world.claim("data").status().has("capacity")).isFalse();
        assertThat(api.told())
                .contains(
                        "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume"
                                + " is lost!");
    }
}
