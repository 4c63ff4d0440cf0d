package dev.gantry.controller.workload.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Caches lag, events repeat, writes fail, the controller starts again: the end is the same. */
final class StatefulSetSimulationTest {
    private static final ObjectKey DB = new ObjectKey(Resources.STATEFUL_SETS, "default", "db");

    static LongStream seeds() {
        return Seeds.first(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsAsItShallBe(long seed) {
        var cluster = new FaultyCluster(seed, new StatefulSetController());
        SimulatedApi api = cluster.api();
        var pods = new Pods(api);
        var random = new Random(seed);
        api.create(Resources.STATEFUL_SETS, StatefulSetObjects.set(3, ""));
        for (int i = 0; i < 500; i++) {
            cluster.step();
            switch (random.nextInt(40)) {
                case 0 -> change(api, "replicas", random.nextInt(5));
                case 1 -> change(api, "image", random.nextInt(3));
                case 2, 3, 4, 5 -> pods.runAll();
                case 6 -> {
                    List<Resource> all = pods.all();
                    if (!all.isEmpty()) {
                        api.delete(
                                all.get(random.nextInt(all.size())).key(Resources.PODS),
                                "Background");
                    }
                }
                default -> {}
            }
        }
        change(api, "replicas", 3);
        change(api, "image", 7);
        for (int i = 0; i < 30; i++) {
            cluster.heal();
            pods.runAll();
        }
        cluster.heal();
        String replay = "replay with -Dseed=" + seed;
        assertThat(pods.all())
                .as(replay)
                .extracting(
                        pod -> pod.name() + " " + pod.spec().at("/containers/0/image").asString())
                .containsExactly("db-0 i:7", "db-1 i:7", "db-2 i:7");
        var status = api.get(DB).orElseThrow().status();
        assertThat(status.path("updatedReplicas").asInt()).as(replay).isEqualTo(3);
        assertThat(status.path("currentRevision"))
                .as(replay)
                .isEqualTo(status.path("updateRevision"));
    }

    private static void change(SimulatedApi api, String what, int to) {
        Resource next = api.get(DB).orElseThrow().copy();
        ObjectNode spec = Resource.child(next.tree(), "spec");
        if (what.equals("replicas")) {
            spec.put("replicas", to);
        } else {
            ((ObjectNode) spec.at("/template/spec/containers/0")).put("image", "i:" + to);
        }
        api.update(Resources.STATEFUL_SETS, next);
    }
}
