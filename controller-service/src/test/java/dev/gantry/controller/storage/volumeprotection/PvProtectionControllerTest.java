package dev.gantry.controller.storage.volumeprotection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

final class PvProtectionControllerTest {
    private static final ObjectKey VOLUME = new ObjectKey(Resources.PERSISTENT_VOLUMES, "", "disk");

    private final SimulatedApi api = new SimulatedApi(new PvProtectionController());

    @Test
    void aVolumeThatLivesIsProtected() {
        volume("Available");

        assertThat(api.get(VOLUME).orElseThrow().finalizers())
                .containsExactly("kubernetes.io/pv-protection");
    }

    @Test
    void aVolumeGoesOnlyWhenItIsBoundNoMore() {
        volume("Bound");
        api.delete(VOLUME, "Background");
        api.settle();
        assertThat(api.get(VOLUME)).isPresent();

        Resource released = api.get(VOLUME).orElseThrow().copy();
        Resource.child(released.tree(), "status").put("phase", "Released");
        api.putStatus(Resources.PERSISTENT_VOLUMES, released);
        api.settle();
        assertThat(api.get(VOLUME)).isEmpty();
    }

    private void volume(String phase) {
        api.create(
                Resources.PERSISTENT_VOLUMES,
                SimulatedApi.object(
                        "{'metadata':{'name':'disk'},'spec':{},'status':{'phase':'%s'}}"
                                .formatted(phase)));
        api.settle();
    }
}
