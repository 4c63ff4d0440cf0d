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

final class PersistentVolumeReconcilerTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    private final StorageObjects cluster = new StorageObjects();
    private final SimulatedApi api = cluster.api();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Retain | 'local':{'path':'/mnt/a'} | Released | ",
                "Delete | 'hostPath':{'path':'/tmp/a'} | gone | ",
                "Delete | 'hostPath':{'path':'/data/a'} | Failed | VolumeFailedDelete: host_path"
                        + " deleter only supports /tmp/.+ but received provided /data/a",
                "Delete | 'local':{'path':'/mnt/a'} | Failed | VolumeFailedDelete: error getting"
                        + " deleter volume plugin for volume \"pv\": no deletable volume plugin"
                        + " matched",
                "Recycle | 'hostPath':{'path':'/tmp/a'} | Failed | VolumeFailedRecycle: No recycler"
                        + " plugin found for the volume!"
            })
    void reclaimsAsThePolicySays(String policy, String source, String end, String event) {
        cluster.volume(
                "pv", "1Gi", ",'persistentVolumeReclaimPolicy':'%s',%s".formatted(policy, source));
        cluster.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
        api.delete(StorageObjects.key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(api.get(StorageObjects.key(CLAIMS, "data"))).isEmpty();
        assertThat(api.get(new ObjectKey(VOLUMES, "", "pv")).map(Storage::phase).orElse("gone"))
                .isEqualTo(end);
        if (event != null) {
            assertThat(api.told()).containsOnlyOnce(event);
        }
    }

    @Test
    void leavesTheDeletionToTheProvisionerThatMadeTheVolume() {
        Resource made =
                cluster.volume(
                                "pv",
                                "1Gi",
                                ",'persistentVolumeReclaimPolicy':'Delete','csi':{'driver':'d'}")
                        .copy();
        ClaimVolumeBinding.annotate(made, Storage.PROVISIONED_BY, "csi.example.com");
        api.update(VOLUMES, made);
        cluster.claim("data", "1Gi", "");
        api.settle();
        api.delete(StorageObjects.key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(Storage.phase(cluster.volume("pv"))).isEqualTo("Released");
    }

    @Test
    void aReleasedVolumeIsNotGivenToANamesake() {
        cluster.volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'Retain'");
        cluster.claim("data", "1Gi", "");
        api.settle();
        api.delete(StorageObjects.key(CLAIMS, "data"), "Background");
        api.settle();
        cluster.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(cluster.volume("pv"))).isEqualTo("Released");
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Pending");

        Resource freed = cluster.volume("pv").copy();
        Resource.child(freed.tree(), "spec").remove("claimRef");
        api.update(VOLUMES, freed);
        api.settle();
        assertThat(Storage.phase(cluster.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void freesAVolumeThatItChoseForAClaimThatGotAnother() {
        cluster.volume("wanted", "1Gi", "");
        cluster.volume("vain", "1Gi", "");
        cluster.claim("data", "1Gi", ",'volumeName':'wanted'");
        Resource vain = cluster.chosen("vain", "data");
        ClaimVolumeBinding.annotate(vain, Storage.BY_CONTROLLER, "yes");
        api.update(VOLUMES, vain);
        api.settle();

        assertThat(Storage.claimOf(cluster.volume("vain"))).isEmpty();
        assertThat(Storage.phase(cluster.volume("vain"))).isEqualTo("Available");
        assertThat(cluster.volume("vain").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
    }
}
