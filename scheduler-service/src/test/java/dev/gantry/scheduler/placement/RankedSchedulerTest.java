package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RankedSchedulerTest {
    private static final String ADDED =
            """
            {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
              {"matchExpressions":[{"key":"size","operator":"Lt","values":["7"]}]}]},
             "preferredDuringSchedulingIgnoredDuringExecution":[
              {"weight":3,"preference":{"matchExpressions":[{"key":"disk","operator":"Exists"}]}}]}
            """;
    private static final Profile PACKING = Profile.PACKING;
    private static final Profile SPREADING = Profile.SPREADING;

    /** Every rule that can be switched on. */
    private static final Profile EVERYTHING =
            Profiles.of(
                            Map.of(
                                    "all.strategy", "ratio",
                                    "all.shape", "0=0,60=10,100=3",
                                    "all.resources", "cpu=2,memory=1,gantry.dev/gpu=3",
                                    "all.balanced-resources", "cpu,memory,gantry.dev/gpu",
                                    "all.default-spread", "zone=2=required,host=1",
                                    "all.hard-pod-affinity-weight", "9",
                                    "all.added-affinity", ADDED),
                            "all")
                    .byName()
                    .get("all");

    /** As {@link #PACKING}, with an extended resource that is not to be stranded either. */
    private static final Profile PACKING_ALL =
            Profiles.of(
                            Map.of(
                                    "all.resources", "cpu=1,memory=1,gantry.dev/gpu=2",
                                    "all.balanced-resources", "cpu,memory,gantry.dev/gpu"),
                            "all")
                    .byName()
                    .get("all");

    private static final List<Profile> ALL = List.of(EVERYTHING, PACKING, SPREADING, PACKING_ALL);

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 120) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsTheReferenceDoes(long seed) {
        Profile profile = ALL.get((int) (seed % ALL.size()));
        var random = new RandomCluster(seed);
        var snapshot = new ClusterSnapshot();
        List<NodeFacts> nodes = random.nodes(12);
        nodes.forEach(snapshot::putNode);
        var reference = new Scheduler(profile);
        var ranked = new RankedScheduler(profile);
        List<PodInfo> placed = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            disturb(random, snapshot, nodes, placed);
            PodInfo pod = random.pod();
            Placement expected = reference.place(pod, snapshot);
            assertThat(ranked.place(pod, snapshot))
                    .as("step %d, replay with -Dseed=%d", step, seed)
                    .isEqualTo(expected);
            if (expected instanceof Placement.Placed to) {
                if (random.chance(20)) {
                    snapshot.nominate(pod, to.node());
                } else {
                    snapshot.place(pod, to.node());
                }
                placed.add(pod);
            }
        }
        assertThat(placed).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverOvercommitsANodeAndKeepsItsBooks(long seed) {
        var random = new RandomCluster(seed);
        var snapshot = new ClusterSnapshot();
        List<NodeFacts> nodes = random.nodes(8);
        nodes.forEach(snapshot::putNode);
        var ranked = new RankedScheduler(Profile.SPREADING);
        for (int step = 0; step < 120; step++) {
            PodInfo pod = random.pod();
            if (ranked.place(pod, snapshot) instanceof Placement.Placed to) {
                snapshot.place(pod, to.node());
            }
        }
        for (var node : snapshot.rows()) {
            assertThat(node.freeMilliCpu()).isNotNegative();
            assertThat(node.freeMemory()).isNotNegative();
            assertThat(node.freePods()).isNotNegative();
            assertThat(node.freeExtended("gantry.dev/gpu")).isNotNegative();
        }
        new ArrayList<>(snapshot.pods()).forEach(each -> snapshot.remove(each.pod().uid()));
        for (var node : snapshot.rows()) {
            assertThat(node.freeMilliCpu()).isEqualTo(node.allocatableMilliCpu());
            assertThat(node.pods()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderInWhichNodesCameDoesNotMatter(long seed) {
        var random = new RandomCluster(seed);
        List<NodeFacts> nodes = random.nodes(20);
        var one = new ClusterSnapshot();
        nodes.forEach(one::putNode);
        List<NodeFacts> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed));
        var other = new ClusterSnapshot();
        shuffled.forEach(other::putNode);
        var scheduler = new RankedScheduler(Profile.PACKING);
        var twin = new RankedScheduler(Profile.PACKING);
        for (int step = 0; step < 40; step++) {
            PodInfo pod = random.pod();
            Placement placement = scheduler.place(pod, one);
            assertThat(twin.place(pod, other)).isEqualTo(placement);
            if (placement instanceof Placement.Placed to) {
                one.place(pod, to.node());
                other.place(pod, to.node());
            }
        }
    }

    private static void disturb(
            RandomCluster random,
            ClusterSnapshot snapshot,
            List<NodeFacts> nodes,
            List<PodInfo> placed) {
        if (random.chance(10)) {
            snapshot.removeNode(random.oneOf(nodes).name());
        }
        if (random.chance(15)) {
            snapshot.putNode(random.node(random.oneOf(nodes).name()));
        }
        if (random.chance(5)) {
            snapshot.putNamespace(
                    random.chance(50) ? "default" : "other", random.namespaceLabels());
        }
        if (random.chance(20) && !placed.isEmpty()) {
            PodInfo gone = random.oneOf(placed);
            snapshot.remove(gone.uid());
            placed.remove(gone);
        }
    }
}
