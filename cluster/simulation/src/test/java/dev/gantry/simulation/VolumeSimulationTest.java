package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller;
import dev.gantry.controller.storage.persistentvolume.PersistentVolumeController;
import dev.gantry.controller.storage.volumeprotection.PvProtectionController;
import dev.gantry.controller.storage.volumeprotection.PvcProtectionController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Claims and volumes while calls fail, feeds lag behind each other and the controllers restart. */
final class VolumeSimulationTest {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    static LongStream seeds() {
        return Seeds.first(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverGivesAVolumeTwiceAndBindsAllThatCanBeBound(long seed) {
        var world = new Storage(seed);
        for (int i = 0; i < 600; i++) {
            world.misfortune();
            world.step();
            world.assertSafe();
        }
        world.recover();
        world.assertLive();
        long revision = world.state.revision();
        world.recover();
        assertThat(world.state.revision())
                .as("nothing is written any more; replay with -Dseed=%d", seed)
                .isEqualTo(revision);
    }

    /** The state, the controllers of volumes, and somebody who makes and deletes at random. */
    private static final class Storage {
        private final long seed;
        private final Random random;
        private final Faults faults;
        private final SimulatedState state;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private List<SimulatedControllerLoop> loops = List.of();
        private SimulatedFeed feed;
        private int made;

        Storage(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.faults = new Faults(random);
            this.state = new SimulatedState(now, new Invariants(seed));
            faults.percent(3);
            feed = restart();
        }

        /** The controllers forget all that is not in the log. */
        private SimulatedFeed restart() {
            List<Controller> controllers =
                    List.of(
                            new PersistentVolumeController(),
                            new PvProtectionController(),
                            new PvcProtectionController());
            Set<GroupResource> watched = new TreeSet<>();
            controllers.forEach(controller -> watched.addAll(controller.watches()));
            var started = new SimulatedFeed(state, watched);
            List<SimulatedControllerLoop> fresh = new ArrayList<>();
            controllers.forEach(
                    controller ->
                            fresh.add(
                                    new SimulatedControllerLoop(
                                            controller, started, state, faults)));
            loops = fresh;
            return started;
        }

        void misfortune() {
            switch (random.nextInt(60)) {
                case 0, 1, 2, 3 -> make(VOLUMES, volume());
                case 4, 5, 6, 7 -> make(CLAIMS, claim());
                case 8, 9 -> deleteSome(CLAIMS);
                case 10 -> deleteSome(VOLUMES);
                case 11 -> feed = restart();
                default -> {}
            }
        }

        void step() {
            now = now.plusMillis(20 + random.nextInt(150));
            state.tick(now);
            feed.advance(random);
            loops.forEach(loop -> loop.steps(random, now));
        }

        /** Long enough for the longest back-off. */
        void recover() {
            faults.percent(0);
            Instant end = now.plusSeconds(90);
            while (now.isBefore(end)) {
                step();
                assertSafe();
            }
        }

        void assertSafe() {
            Map<String, String> takers = new HashMap<>();
            for (Resource claim : state.list(CLAIMS)) {
                String volume = Resource.text(claim.spec(), "volumeName");
                if (!volume.isEmpty()) {
                    assertThat(takers.put(volume, claim.name()))
                            .as("%s is taken twice; replay with -Dseed=%d", volume, seed)
                            .isNull();
                }
            }
        }

        /** Both sides agree, nobody waits while a volume is free, nothing lingers. */
        void assertLive() {
            for (Resource claim : state.list(CLAIMS)) {
                var volume = state.list(VOLUMES).stream().filter(each -> has(claim, each)).toList();
                String phase = Resource.text(claim.status(), "phase");
                boolean isAnswered =
                        switch (phase) {
                            case "Bound" -> volume.size() == 1 && isBound(volume.getFirst());
                            case "Lost" -> volume.isEmpty();
                            default -> state.list(VOLUMES).stream().noneMatch(Storage::isFree);
                        };
                assertThat(isAnswered)
                        .as("%s is %s; replay with -Dseed=%d", claim.name(), phase, seed)
                        .isTrue();
                assertThat(claim.isBeingDeleted()).as("replay with -Dseed=%d", seed).isFalse();
            }
            for (Resource volume : state.list(VOLUMES)) {
                assertThat(Resource.text(volume.status(), "phase"))
                        .as("%s; replay with -Dseed=%d", volume.name(), seed)
                        .isIn("Available", "Bound", "Released");
                assertThat(volume.isBeingDeleted() && !isBound(volume))
                        .as("%s; replay with -Dseed=%d", volume.name(), seed)
                        .isFalse();
            }
        }

        private static boolean has(Resource claim, Resource volume) {
            return Resource.text(claim.spec(), "volumeName").equals(volume.name())
                    && Resource.text(volume.spec().path("claimRef"), "uid")
                            .equals(claim.uid().value());
        }

        private static boolean isBound(Resource volume) {
            return Resource.text(volume.status(), "phase").equals("Bound");
        }

        private static boolean isFree(Resource volume) {
            return Resource.text(volume.status(), "phase").equals("Available")
                    && !volume.isBeingDeleted();
        }

        private void make(GroupResource resource, String json) {
            ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
            state.create(resource, new Resource(tree));
        }

        private void deleteSome(GroupResource resource) {
            List<Resource> all = state.list(resource);
            if (!all.isEmpty()) {
                Resource victim = all.get(random.nextInt(all.size()));
                state.delete(victim.key(resource), victim.uid(), "Background");
            }
        }

        private String volume() {
            String policy = random.nextBoolean() ? "Retain" : "Delete";
            return """
            {'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'v%d'},
             'spec':{'capacity':{'storage':'%dGi'},'accessModes':['ReadWriteOnce'],
             'persistentVolumeReclaimPolicy':'%s','hostPath':{'path':'/tmp/v'}},
             'status':{'phase':'Pending'}}
            """
                    .formatted(made++, 5 + random.nextInt(5), policy);
        }

        private String claim() {
            return """
            {'apiVersion':'v1','kind':'PersistentVolumeClaim',
             'metadata':{'name':'c%d','namespace':'default'},
             'spec':{'resources':{'requests':{'storage':'%dGi'}},'accessModes':['ReadWriteOnce']},
             'status':{'phase':'Pending'}}
            """
                    .formatted(made++, 1 + random.nextInt(5));
        }
    }
}
