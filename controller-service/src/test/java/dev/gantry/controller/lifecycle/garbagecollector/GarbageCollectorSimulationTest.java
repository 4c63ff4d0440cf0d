package dev.gantry.controller.lifecycle.garbagecollector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Owners and dependents of built-in kinds, and of an extension server that is heard of at some time
 * only. Caches lag, events repeat, writes fail, the controller starts again: none is deleted that
 * has an owner, and in the end none is left without.
 */
final class GarbageCollectorSimulationTest {
    private static final Kind STOOLS =
            Kind.namespaced("furniture.example.com", "v1", "Stool", "stools");
    private static final Map<GroupResource, String> TYPES =
            new TreeMap<>(
                    Map.of(
                            Resources.CONFIG_MAPS,
                            "'apiVersion':'v1','kind':'ConfigMap'",
                            Resources.REPLICA_SETS,
                            "'apiVersion':'apps/v1','kind':'ReplicaSet'",
                            STOOLS.resource(),
                            "'apiVersion':'furniture.example.com/v1','kind':'Stool'"));
    private static final int STEPS = 500;

    private final Map<ObjectKey, Resource> before = new TreeMap<>();
    private int made;

    static LongStream seeds() {
        return Seeds.first(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void collectsWhatHasNoOwnerAndNothingElse(long seed) {
        var cluster = new FaultyCluster(seed, new GarbageCollector());
        SimulatedApi api = cluster.api();
        var random = new Random(seed);
        String replay = "replay with -Dseed=" + seed;
        cluster.always(() -> check(api, replay));
        int told = random.nextInt(STEPS);
        for (int i = 0; i < STEPS; i++) {
            if (i == told) {
                api.aggregating(List.of(STOOLS), service());
            }
            if (random.nextInt(4) == 0) {
                live(api, random);
                check(api, replay);
            }
            cluster.step();
        }
        cluster.heal();
        Set<Uid> alive = new TreeSet<>();
        all(api).values().forEach(each -> alive.add(each.uid()));
        for (Resource each : all(api).values()) {
            assertThat(each.owners())
                    .as("%s: %s", replay, each.name())
                    .allMatch(owner -> alive.contains(owner.uid()));
        }
    }

    private void live(SimulatedApi api, Random random) {
        List<ObjectKey> there = new ArrayList<>(all(api).keySet());
        if (random.nextInt(3) == 0 && !there.isEmpty()) {
            ObjectKey gone = there.get(random.nextInt(there.size()));
            api.delete(gone, random.nextInt(3) == 0 ? "Foreground" : "Background");
            before.remove(gone);
            return;
        }
        GroupResource resource = new ArrayList<>(TYPES.keySet()).get(random.nextInt(TYPES.size()));
        Resource object =
                SimulatedApi.object(
                        "{%s,'metadata':{'name':'o%d','namespace':'default'}}"
                                .formatted(TYPES.get(resource), ++made));
        for (int i = random.nextInt(3); i > 0 && !there.isEmpty(); i--) {
            Resource owner = api.get(there.get(random.nextInt(there.size()))).orElseThrow();
            object = Ownership.adopted(object, owner);
        }
        api.create(resource, object);
    }

    /** What is gone since the last time had no owner any more. */
    private void check(SimulatedApi api, String replay) {
        Map<ObjectKey, Resource> now = all(api);
        Set<Uid> alive = new TreeSet<>();
        now.values().stream()
                .filter(each -> !Waiting.isFor(each))
                .forEach(each -> alive.add(each.uid()));
        before.forEach(
                (key, object) -> {
                    if (!now.containsKey(key) && !object.isBeingDeleted()) {
                        assertThat(object.owners())
                                .as("%s: %s", replay, key)
                                .isNotEmpty()
                                .extracting(Owner::uid)
                                .noneMatch(alive::contains);
                    }
                });
        before.clear();
        before.putAll(now);
    }

    private static Map<ObjectKey, Resource> all(SimulatedApi api) {
        Map<ObjectKey, Resource> all = new TreeMap<>();
        for (GroupResource resource : TYPES.keySet()) {
            api.list(resource).forEach(each -> all.put(each.key(resource), each));
        }
        return all;
    }

    private static Resource service() {
        return SimulatedApi.object(
                "{'metadata':{'name':'v1.furniture.example.com'},'spec':{'group':'furniture.example.com','version':'v1','service':{}}}");
    }
}
