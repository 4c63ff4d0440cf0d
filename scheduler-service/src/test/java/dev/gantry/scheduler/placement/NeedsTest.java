package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Devices;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Random volumes and devices, and pods that come, are bound, are refused and leave. */
class NeedsTest {
    private static final int NODES = 4;

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Map<PodInfo, List<Effect>> underWay = new LinkedHashMap<>();
    private final Map<PodInfo, List<Effect>> bound = new LinkedHashMap<>();
    private final Map<String, Resource> objects = new HashMap<>();

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 100) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noVolumeAndNoDeviceIsEverGivenTwice(long seed) {
        var random = new Random(seed);
        cluster(random);
        var reference = new Scheduler(Profile.PACKING);
        var ranked = new RankedScheduler(Profile.PACKING);
        for (int step = 0; step < 80; step++) {
            PodInfo pod = pod(step, random);
            Placement placement = reference.place(pod, snapshot);
            assertThat(ranked.place(pod, snapshot))
                    .as("step %d, replay with -Dseed=%d", step, seed)
                    .isEqualTo(placement);
            if (placement instanceof Placement.Placed placed) {
                Consequences more =
                        ranked.consequences(
                                pod, snapshot.node(placed.node()).orElseThrow(), snapshot);
                snapshot.place(pod, placed.node());
                snapshot.reserve(pod.uid(), more.all());
                underWay.put(pod, more.all());
            }
            settle(random);
            assertThat(doubles()).as("step %d, replay with -Dseed=%d", step, seed).isEmpty();
        }
        assertThat(bound).isNotEmpty();
    }

    private void cluster(Random random) {
        tell(
                Kinds.STORAGE_CLASS,
                Storage.storageClass("local", "kubernetes.io/no-provisioner", ""));
        Devices.deviceClass(snapshot, "gpu", "");
        for (int i = 0; i < NODES; i++) {
            String node = "n" + i;
            snapshot.putNode(Sample.facts(node, "64", "64Gi", ""));
            List<String> devices = new ArrayList<>();
            for (int d = 0; d < 1 + random.nextInt(4); d++) {
                devices.add(Devices.device("d" + d, "'n':{'int':%d}".formatted(d % 2)));
                String size = (1 + random.nextInt(5)) + "Gi";
                String name = "v-%s-%d".formatted(node, d);
                String where = random.nextInt(4) == 0 ? "" : Storage.on(node);
                tell(Kinds.PERSISTENT_VOLUME, Storage.volume(name, "local", size, where));
            }
            Devices.slice(snapshot, node, devices.toArray(String[]::new));
        }
    }

    /** Some pods need a volume, some devices, some both; now and then two share a claim. */
    private PodInfo pod(int step, Random random) {
        String more = "";
        if (random.nextInt(3) > 0) {
            String claim = "c" + (random.nextInt(5) == 0 ? step / 2 : step);
            if (!objects.containsKey(claim)) {
                String size = (1 + random.nextInt(5)) + "Gi";
                tell(Kinds.PERSISTENT_VOLUME_CLAIM, Storage.claim(claim, "local", size, ""));
            }
            more += Storage.volumes(claim);
        }
        if (more.isEmpty() || random.nextBoolean()) {
            String claim = "r" + step;
            String count = ",'count':%d".formatted(1 + random.nextInt(2));
            String tie = ",'constraints':[{'matchAttribute':'gpu.example.com/n'}]";
            tell(
                    Kinds.RESOURCE_CLAIM,
                    Devices.claim(
                            claim, Devices.request("r", count), random.nextBoolean() ? tie : ""));
            more += ",'resourceClaims':[{'name':'r','resourceClaimName':'%s'}]".formatted(claim);
        }
        return Sample.podInfo("p" + step, "100m", "100Mi", more);
    }

    /** What is under way is committed or refused, and some of those that are bound leave. */
    private void settle(Random random) {
        for (PodInfo each : List.copyOf(underWay.keySet())) {
            int fate = random.nextInt(4);
            if (fate == 0) {
                underWay.remove(each);
                snapshot.remove(each.uid());
            } else if (fate == 1) {
                List<Effect> effects = underWay.remove(each);
                effects.forEach(this::commit);
                bound.put(each, effects);
            }
        }
        for (PodInfo each : List.copyOf(bound.keySet())) {
            if (random.nextInt(12) == 0 && bound.size() > 1) {
                bound.remove(each).forEach(this::undo);
                snapshot.remove(each.uid());
            }
        }
    }

    /** As the state service does it, and the feed tells. */
    private void commit(Effect effect) {
        if (effect instanceof Effect.BindVolume bind) {
            Resource volume = objects.get(bind.volume().name()).copy();
            Resource.child(Resource.child(volume.tree(), "spec"), "claimRef")
                    .put("namespace", "default")
                    .put("name", bind.claim().name());
            tell(Kinds.PERSISTENT_VOLUME, volume);
            String claim = bind.claim().name();
            tell(
                    Kinds.PERSISTENT_VOLUME_CLAIM,
                    Storage.boundClaim(claim, bind.volume().name(), "ReadWriteOnce"));
        } else if (effect instanceof Effect.AllocateClaim allocate) {
            Resource claim = objects.get(allocate.target().name()).copy();
            Resource.child(claim.tree(), "status").set("allocation", allocate.allocation());
            tell(Kinds.RESOURCE_CLAIM, claim);
        }
    }

    /** Devices are given back; a volume stays with its claim. */
    private void undo(Effect effect) {
        if (effect instanceof Effect.AllocateClaim allocate) {
            Resource claim = objects.get(allocate.target().name()).copy();
            Resource.child(claim.tree(), "status").remove("allocation");
            tell(Kinds.RESOURCE_CLAIM, claim);
        }
    }

    private List<String> doubles() {
        Map<String, String> owners = new HashMap<>();
        List<String> doubles = new ArrayList<>();
        List<List<Effect>> all = new ArrayList<>(underWay.values());
        all.addAll(bound.values());
        for (List<Effect> effects : all) {
            for (Effect each : effects) {
                if (each instanceof Effect.BindVolume bind) {
                    own(bind.volume().name(), bind.claim().path(), owners, doubles);
                } else if (each instanceof Effect.AllocateClaim allocate) {
                    for (JsonNode device : allocate.allocation().at("/devices/results")) {
                        String id = device.path("pool") + "/" + device.path("device");
                        own(id, allocate.target().path(), owners, doubles);
                    }
                }
            }
        }
        return doubles;
    }

    private static void own(
            String what, String owner, Map<String, String> owners, List<String> doubles) {
        String other = owners.put(what, owner);
        if (other != null && !other.equals(owner)) {
            doubles.add("%s has %s and %s".formatted(what, other, owner));
        }
    }

    private void tell(Kind kind, Resource object) {
        objects.put(object.name(), object);
        Devices.tell(snapshot, kind, object);
    }
}
