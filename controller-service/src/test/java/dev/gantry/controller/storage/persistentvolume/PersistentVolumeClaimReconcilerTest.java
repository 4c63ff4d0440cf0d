package dev.gantry.controller.storage.persistentvolume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersistentVolumeClaimReconcilerTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource CLASSES = Resources.STORAGE_CLASSES;

    private final StorageObjects cluster = new StorageObjects();
    private final SimulatedApi api = cluster.api();

    @Test
    void bindsBothSidesToEachOther() {
        cluster.volume("pv", "5Gi", "");
        cluster.claim("data", "3Gi", "");
        api.settle();

        Resource volume = cluster.volume("pv");
        Resource claim = cluster.claim("data");
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
        cluster.volume("small", "2Gi", "");
        cluster.volume("large", "10Gi", "");
        cluster.volume("fitting", "5Gi", "");
        cluster.claim("data", "3Gi", "");
        api.settle();

        assertThat(Storage.volumeName(cluster.claim("data"))).isEqualTo("fitting");
        assertThat(Storage.phase(cluster.volume("large"))).isEqualTo("Available");
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
        cluster.volume("pv", "5Gi", volume == null ? "" : "," + volume);
        cluster.claim("data", "3Gi", "," + claim);
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo(isBound ? "Bound" : "Pending");
    }

    @Test
    void wantsEveryAccessModeThatIsAskedFor() {
        cluster.volume("pv", "5Gi", ",'accessModes':['ReadWriteOnce','ReadOnlyMany']");
        cluster.claim("writers", "1Gi", ",'accessModes':['ReadWriteMany']");
        cluster.claim("reader", "1Gi", ",'accessModes':['ReadOnlyMany']");
        api.settle();

        assertThat(Storage.phase(cluster.claim("writers"))).isEqualTo("Pending");
        assertThat(Storage.phase(cluster.claim("reader"))).isEqualTo("Bound");
        assertThat(api.told())
                .contains(
                        "FailedBinding: no persistent volumes available for this claim and no"
                                + " storage class is set");
    }

    @Test
    void bindsAWaitingClaimWhenItsVolumeComes() {
        cluster.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");
        cluster.volume("pv", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void completesAVolumeThatAPersonKeptForTheClaim() {
        cluster.volume("other", "1Gi", "");
        cluster.volume("kept", "50Gi", ",'claimRef':{'namespace':'default','name':'data'}");
        api.settle();
        assertThat(Storage.phase(cluster.volume("kept"))).isEqualTo("Available");
        cluster.claim("data", "1Gi", "");
        api.settle();

        assertThat(Storage.volumeName(cluster.claim("data"))).isEqualTo("kept");
        assertThat(cluster.volume("kept").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
        assertThat(Storage.claimUid(cluster.volume("kept")))
                .isEqualTo(cluster.claim("data").uid().value());
    }

    @Test
    void keepsAVolumeThatIsKeptForAnotherName() {
        cluster.volume("kept", "1Gi", ",'claimRef':{'namespace':'default','name':'other'}");
        cluster.claim("data", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");
    }

    @Test
    void completesAClaimThatNamesItsVolume() {
        cluster.claim("data", "1Gi", ",'volumeName':'pv'");
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");
        cluster.volume("pv", "1Gi", "");
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
        assertThat(Storage.phase(cluster.volume("pv"))).isEqualTo("Bound");
        assertThat(cluster.claim("data").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
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
        cluster.volume("pv", "5Gi", "");
        cluster.claim("data", size, "," + fields.replace('|', ','));
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");
        assertThat(api.told())
                .contains("VolumeMismatch: Cannot bind to requested volume \"pv\": " + why);
    }

    @Test
    void leavesADelayedClaimToTheSchedulerAndSaysWhatItWaitsFor() {
        cluster.storageClass("late", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        cluster.volume("pv", "1Gi", ",'storageClassName':'late'");
        cluster.claim("data", "1Gi", ",'storageClassName':'late'");
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");
        assertThat(Storage.claimOf(cluster.volume("pv"))).isEmpty();
        assertThat(api.told())
                .contains(
                        "WaitForFirstConsumer: waiting for first consumer to be created before"
                                + " binding");
        cluster.pod("user", "data");
        api.settle();
        assertThat(api.told())
                .contains("WaitForPodScheduled: waiting for pod user to be scheduled");

        api.update(VOLUMES, cluster.chosen("pv", "data"));
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
        assertThat(Storage.phase(cluster.volume("pv"))).isEqualTo("Bound");
    }

    @Test
    void asksTheExternalProvisionerOnceANodeIsChosen() {
        cluster.storageClass("csi", "csi.example.com", "WaitForFirstConsumer");
        cluster.claim("data", "1Gi", ",'storageClassName':'csi'");
        api.settle();
        assertThat(cluster.claim("data").annotations()).doesNotContainKey(Storage.PROVISIONER);
        Resource chosen = cluster.claim("data").copy();
        ClaimVolumeBinding.annotate(chosen, Storage.SELECTED_NODE, "n1");
        api.update(CLAIMS, chosen);
        api.settle();

        assertThat(cluster.claim("data").annotations())
                .containsEntry(Storage.PROVISIONER, "csi.example.com")
                .containsEntry(Storage.OLD_PROVISIONER, "csi.example.com");
        assertThat(api.told())
                .anyMatch(each -> each.startsWith("ExternalProvisioning: Waiting for"));
        cluster.volume(
                "made",
                "1Gi",
                ",'storageClassName':'csi','claimRef':{'namespace':'default','name':'data','uid':'"
                        + cluster.claim("data").uid()
                        + "'}");
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void saysWhyNothingCanBeProvisioned() {
        cluster.claim("a", "1Gi", ",'storageClassName':'none'");
        cluster.storageClass("static", "kubernetes.io/no-provisioner", "Immediate");
        cluster.claim("b", "1Gi", ",'storageClassName':'static'");
        api.settle();

        assertThat(api.told())
                .contains(
                        "ProvisioningFailed: storageclass.storage.k8s.io \"none\" not found",
                        "ProvisioningFailed: no volume plugin matched name:"
                                + " kubernetes.io/no-provisioner");
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOneWhenItComes() {
        cluster.claim("plain", "1Gi", "");
        cluster.claim("classless", "1Gi", ",'storageClassName':''");
        api.settle();
        Resource standard = cluster.storageClass("standard", "csi.example.com", "Immediate").copy();
        Resource.child(standard.mutableMetadata(), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        api.update(CLASSES, standard);
        api.settle();

        assertThat(Storage.className(cluster.claim("plain"))).isEqualTo("standard");
        assertThat(Storage.className(cluster.claim("classless"))).isEmpty();
    }

    @Test
    void aClaimWhoseVolumeVanishedIsLost() {
        cluster.volume("pv", "1Gi", "");
        cluster.claim("data", "1Gi", "");
        api.settle();
        api.drop(new ObjectKey(VOLUMES, "", "pv"));
        api.settle();

        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Lost");
        assertThat(cluster.claim("data").status().has("capacity")).isFalse();
        assertThat(api.told())
                .contains(
                        "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume"
                                + " is lost!");
    }
}
