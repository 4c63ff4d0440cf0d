package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller;
import dev.gantry.controller.storage.localvolume.LocalVolumeController;
import dev.gantry.controller.storage.persistentvolume.PersistentVolumeController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Local claims grow while calls fail, feeds lag behind each other and the controllers restart. */
final class ExpansionSimulationTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final int MANY = 3;

    static LongStream seeds() {
        return Seeds.first(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void claimsAndVolumesHoldInTheEndWhatIsAskedFor(long seed) {
        var world = new Storage(seed);
        for (int i = 0; i < 400; i++) {
            world.misfortune();
            world.step();
        }
        world.recover();
        for (Resource claim : world.state.list(CLAIMS)) {
            String asked = claim.spec().at("/resources/requests/storage").asString("");
            Resource volume =
                    world.state.get(new ObjectKey(VOLUMES, "", "pvc-" + claim.uid())).orElseThrow();
            assertThat(claim.status().at("/capacity/storage").asString(""))
                    .as("replay with -Dseed=%d", seed)
                    .isEqualTo(asked);
            assertThat(volume.spec().at("/capacity/storage").asString(""))
                    .as("replay with -Dseed=%d", seed)
                    .isEqualTo(asked);
        }
        assertThat(world.grown).as("replay with -Dseed=%d", seed).isPositive();
        long revision = world.state.revision();
        world.recover();
        assertThat(world.state.revision()).as("replay with -Dseed=%d", seed).isEqualTo(revision);
    }

    /** Claims that the scheduler sent to a node, the controllers, and somebody who wants more. */
    private static final class Storage {
        private final Random random;
        private final Faults faults;
        private final SimulatedState state;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private List<SimulatedControllerLoop> loops = List.of();
        private SimulatedFeed feed;
        private int grown;

        Storage(long seed) {
            this.random = new Random(seed);
            this.faults = new Faults(random);
            this.state = new SimulatedState(now, new Invariants(seed));
            faults.percent(4);
            state.createReadyNode("n1");
            state.create(
                    Resources.STORAGE_CLASSES,
                    DeviceObjects.object(
                            """
                            {'metadata':{'name':'local'},'provisioner':'local.gantry.dev',
                             'volumeBindingMode':'WaitForFirstConsumer',
                             'allowVolumeExpansion':true}
                            """));
            for (int i = 0; i < MANY; i++) {
                state.create(CLAIMS, claim("c" + i));
            }
            feed = restart();
        }

        private static Resource claim(String name) {
            return DeviceObjects.object(
                    """
                    {'metadata':{'name':'%s','namespace':'default',
                      'annotations':{'volume.kubernetes.io/selected-node':'n1'}},
                     'spec':{'storageClassName':'local','accessModes':['ReadWriteOnce'],
                      'resources':{'requests':{'storage':'1Gi'}}}}
                    """
                            .formatted(name));
        }

        private SimulatedFeed restart() {
            List<Controller> controllers =
                    List.of(new PersistentVolumeController(), new LocalVolumeController());
            Set<GroupResource> watched = new TreeSet<>();
            controllers.forEach(controller -> watched.addAll(controller.watches()));
            var started = new SimulatedFeed(state, watched);
            List<SimulatedControllerLoop> fresh = new ArrayList<>();
            controllers.forEach(
                    each -> fresh.add(new SimulatedControllerLoop(each, started, state, faults)));
            loops = fresh;
            return started;
        }

        void misfortune() {
            int dice = random.nextInt(40);
            if (dice == 0) {
                feed = restart();
            } else if (dice < 4) {
                String name = "c" + random.nextInt(MANY);
                grow(state.get(new ObjectKey(CLAIMS, "default", name)).orElseThrow());
            }
        }

        /** Refused while it is not bound, or where a class does not allow it. */
        private void grow(Resource claim) {
            if (Resource.text(claim.status(), "phase").equals("Bound")) {
                Resource more = claim.copy();
                Resource.child(
                                Resource.child(Resource.child(more.tree(), "spec"), "resources"),
                                "requests")
                        .put("storage", 2 + grown++ + "Gi");
                state.update(CLAIMS, more);
            }
        }

        void step() {
            now = now.plusMillis(20 + random.nextInt(150));
            state.tick(now);
            feed.advance(random);
            loops.forEach(loop -> loop.steps(random, now));
        }

        void recover() {
            faults.percent(0);
            Instant end = now.plusSeconds(60);
            while (now.isBefore(end)) {
                step();
            }
        }
    }
}
