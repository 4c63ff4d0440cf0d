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

final class VolumeReconcilerTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    private final StorageWorld world = new StorageWorld();
    private final SimulatedApi api = world.api();

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
        world.volume(
                "pv", "1Gi", ",'persistentVolumeReclaimPolicy':'%s',%s".formatted(policy, source));
        world.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
        api.delete(StorageWorld.key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(api.get(StorageWorld.key(CLAIMS, "data"))).isEmpty();
        assertThat(api.get(new ObjectKey(VOLUMES, "", "pv")).map(Storage::phase).orElse("gone"))
                .isEqualTo(end);
        if (event != null) {
            assertThat(api.told()).containsOnlyOnce(event);
        }
    }

    @Test
    void leavesTheDeletionToTheProvisionerThatMadeTheVolume() {
        Resource made =
                world.volume(
                                "pv",
                                "1Gi",
                                ",'persistentVolumeReclaimPolicy':'Delete','csi':{'driver':'d'}")
                        .copy();
        Bond.annotate(made, Storage.PROVISIONED_BY, "csi.example.com");
        api.update(VOLUMES, made);
        world.claim("data", "1Gi", "");
        api.settle();
        api.delete(StorageWorld.key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(Storage.phase(world.volume("pv"))).isEqualTo("Released");
    }

    @Test
    void aReleasedVolumeIsNotGivenToANamesake() {
        world.volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'Retain'");
        world.claim("data", "1Gi", "");
        api.settle();
        api.delete(StorageWorld.key(CLAIMS, "data"), "Background");
        api.settle();
        world.claim("data", "1Gi", "");
        api.settle();
        assertThat(Storage.phase(world.volume("pv"))).isEqualTo("Released");
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Pending");

        Resource freed = world.volume("pv").copy();
        Resource.child(freed.tree(), "spec").remove("claimRef");
        api.update(VOLUMES, freed);
        api.settle();
        assertThat(Storage.phase(world.claim("data"))).isEqualTo("Bound");
    }

    @Test
    void freesAVolumeThatItChoseForAClaimThatGotAnother() {
        world.volume("wanted", "1Gi", "");
        world.volume("vain", "1Gi", "");
        world.claim("data", "1Gi", ",'volumeName':'wanted'");
        Resource vain = world.chosen("vain", "data");
        Bond.annotate(vain, Storage.BY_CONTROLLER, "yes");
        api.update(VOLUMES, vain);
        api.settle();

        assertThat(Storage.claimOf(world.volume("vain"))).isEmpty();
        assertThat(Storage.phase(world.volume("vain"))).isEqualTo("Available");
        assertThat(world.volume("vain").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
    }
}
