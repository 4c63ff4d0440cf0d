package dev.gantry.controller.storage.persistentvolume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PersistentVolumeControllerTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource PODS = Resources.PODS;

    private final StorageObjects cluster = new StorageObjects();
    private final SimulatedApi api = cluster.api();

    static LongStream seeds() {
        return Seeds.first(30);
    }

    @Test
    void protectsABoundVolumeAndAClaimThatAPodUses() {
        cluster.volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'Retain'");
        cluster.claim("data", "1Gi", "");
        Resource pod = cluster.pod("user", "data");
        Resource bound = pod.copy();
        Resource.child(bound.tree(), "spec").put("nodeName", "n1");
        api.update(PODS, bound);
        api.settle();
        assertThat(cluster.volume("pv").finalizers())
                .containsExactly("kubernetes.io/pv-protection");
        api.delete(new ObjectKey(VOLUMES, "", "pv"), "Background");
        api.delete(StorageObjects.key(CLAIMS, "data"), "Background");
        api.settle();
        assertThat(cluster.volume("pv").isBeingDeleted()).isTrue();
        assertThat(cluster.claim("data").finalizers())
                .containsExactly("kubernetes.io/pvc-protection");

        api.drop(pod.key(PODS));
        api.settle();
        assertThat(api.get(StorageObjects.key(CLAIMS, "data"))).isEmpty();
        assertThat(api.get(new ObjectKey(VOLUMES, "", "pv"))).isEmpty();
    }

    @Test
    void cutsNothingOffTheListOfVolumesThatATieLeaves() {
        for (int i = 0; i < 6; i++) {
            cluster.volume("pv" + i, "1Gi", "");
            cluster.claim("data" + i, "1Gi", "");
        }
        api.settle();

        assertThat(api.list(CLAIMS)).extracting(Storage::phase).containsOnly("Bound");
        assertThat(List.copyOf(api.list(VOLUMES))).extracting(Storage::phase).containsOnly("Bound");
    }

    /**
     * Safety: no volume serves two claims, no claim has a smaller volume than asked. Liveness: each
     * claim that a free volume fits is bound in the end, and then nothing moves.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void neverBindsAVolumeTwiceAndBindsAllThatCanBe(long seed) {
        Random chance = new Random(seed);
        api.always(() -> noVolumeHasTwoClaims(seed));
        for (int i = 0; i < 30; i++) {
            String name = "o" + i;
            String size = (1 + chance.nextInt(5)) + "Gi";
            switch (chance.nextInt(5)) {
                case 0, 1 ->
                        cluster.volume(name, size, ",'persistentVolumeReclaimPolicy':'Retain'");
                case 2, 3 -> cluster.claim(name, size, "");
                default ->
                        api.list(CLAIMS).stream()
                                .skip(chance.nextInt(3))
                                .findFirst()
                                .ifPresent(each -> api.delete(each.key(CLAIMS), "Background"));
            }
            if (chance.nextBoolean()) {
                api.settle();
            }
        }
        api.settle();
        for (Resource claim : api.list(CLAIMS)) {
            boolean hasChance =
                    Match.best(claim, api.list(VOLUMES), false)
                            .filter(each -> Storage.claimOf(each).isEmpty())
                            .isPresent();
            assertThat(Storage.phase(claim).equals("Bound") || !hasChance)
                    .as("%s, replay with -Dseed=%d", claim.name(), seed)
                    .isTrue();
        }
        int before = api.actions();
        api.pass(600);
        assertThat(api.actions()).as("replay with -Dseed=%d", seed).isEqualTo(before);
    }

    private void noVolumeHasTwoClaims(long seed) {
        Map<String, String> takers = new HashMap<>();
        for (Resource claim : api.list(CLAIMS)) {
            String volume = Storage.volumeName(claim);
            if (!volume.isEmpty()) {
                assertThat(takers.put(volume, claim.name()))
                        .as("%s, replay with -Dseed=%d", volume, seed)
                        .isNull();
                assertThat(Storage.capacity(cluster.volume(volume)))
                        .isGreaterThanOrEqualTo(Storage.requested(claim));
            }
        }
    }
}
