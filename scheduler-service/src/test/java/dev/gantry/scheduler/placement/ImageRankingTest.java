package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.imagelocality.ImageLocality;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images on few, on half and on all of the nodes, which come and go. */
final class ImageRankingTest {
    private static final List<String> IMAGES = List.of("few:1", "half:1", "all:1", "nowhere:1");
    private static final List<List<String>> IN_A_POD =
            List.of(
                    List.of("few:1"),
                    List.of("half:1"),
                    List.of("all:1"),
                    List.of("nowhere:1"),
                    List.of("few:1", "half:1", "all:1"),
                    List.of("half:1", "half:1"),
                    List.of("all:1", "nowhere:1"));
    private static final int NODES = 40;

    private final ImageLocality rule = new ImageLocality();
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Map<String, Map<String, Integer>> megabytes = new TreeMap<>();
    private Random random = new Random(0);

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 30) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsTheReferenceDoesWhileImagesComeAndGo(long seed) {
        random = new Random(seed);
        for (int i = 0; i < NODES; i++) {
            beginWith("node-" + i, i);
        }
        Profile profile = seed % 2 == 0 ? Profile.PACKING : spreadingOnlyByResources();
        var reference = new Scheduler(profile);
        var ranked = new RankedScheduler(profile);
        int told = 0;
        for (int step = 0; step < 200; step++) {
            disturb();
            PodInfo pod = pod(step, IN_A_POD.get(random.nextInt(IN_A_POD.size())));
            mayOnlyBeLeftOutWhereItGivesNothing(pod);
            Placement expected = reference.place(pod, snapshot);
            assertThat(ranked.place(pod, snapshot))
                    .as("step %d, replay with -Dseed=%d", step, seed)
                    .isEqualTo(expected);
            if (expected instanceof Placement.Placed to) {
                snapshot.place(pod, to.node());
                told += byRule(to).containsKey("ImageLocality") ? 1 : 0;
            }
        }
        assertThat(told).isPositive();
    }

    @Test
    void moreListsOfImagesThanAreRememberedAreAnsweredAlike() {
        beginWith("node-1", 1);
        beginWith("node-2", 2);
        var reference = new Scheduler(Profile.PACKING);
        var ranked = new RankedScheduler(Profile.PACKING);
        for (int step = 0; step < 600; step++) {
            PodInfo pod = pod(step, List.of("all:1", "version:" + step % 200));
            Placement.Placed expected = (Placement.Placed) reference.place(pod, snapshot);
            assertThat(ranked.place(pod, snapshot)).isEqualTo(expected);
            if (step % 50 == 0) {
                snapshot.place(pod, expected.node());
            }
        }
    }

    @Test
    void anImageOnFewOfManyNodesIsLeftOutAndComesInWhenMoreHaveIt() {
        for (int i = 0; i < NODES; i++) {
            megabytes.put("node-" + i, new TreeMap<>());
            tell("node-" + i);
        }
        assertThat(scoresByRule()).doesNotContainKey("ImageLocality");
        for (int i = 0; i < 10; i++) {
            megabytes.get("node-" + i).put("few:1", 300);
            tell("node-" + i);
            assertThat(scoresByRule().containsKey("ImageLocality")).isEqualTo(i >= 3);
        }
    }

    private Map<String, Integer> scoresByRule() {
        var scheduler = new RankedScheduler(Profile.PACKING);
        return byRule((Placement.Placed) scheduler.place(pod(0, List.of("few:1")), snapshot));
    }

    private static Map<String, Integer> byRule(Placement.Placed placed) {
        return placed.explanation().chosen().orElseThrow().byRule();
    }

    /** Without default spread, which would look at all nodes for each pod. */
    private static Profile spreadingOnlyByResources() {
        return Profiles.of(
                        Map.of(
                                "least.strategy", "spreading",
                                "least.default-spread", "none",
                                "least.weights.ImageLocality", "7"),
                        "least")
                .byName()
                .get("least");
    }

    private void mayOnlyBeLeftOutWhereItGivesNothing(PodInfo pod) {
        List<NodeView> nodes = snapshot.rows().stream().filter(NodeView::exists).toList();
        var scores = rule.prepare(pod, snapshot, nodes);
        if (!rule.concerns(pod, snapshot)) {
            assertThat(nodes).allMatch(node -> scores.applyAsInt(node) == 0);
        }
    }

    private void beginWith(String node, int number) {
        Map<String, Integer> images = new TreeMap<>(Map.of("all:1", 400));
        if (number % 2 == 0) {
            images.put("half:1", 600);
        }
        if (number % 20 == 0) {
            images.put("few:1", 900);
        }
        megabytes.put(node, images);
        tell(node);
    }

    private void disturb() {
        List<String> names = new ArrayList<>(megabytes.keySet());
        String node = names.get(random.nextInt(names.size()));
        int chance = random.nextInt(100);
        if (chance < 40) {
            change(megabytes.get(node));
            tell(node);
        } else if (chance < 45) {
            snapshot.removeNode(node);
        } else if (chance < 50) {
            tell("node-" + (NODES + random.nextInt(NODES)));
        } else if (chance < 60 && snapshot.podCount() > 0) {
            List<ClusterSnapshot.PlacedPod> all = new ArrayList<>(snapshot.pods());
            all.sort(Comparator.comparing(each -> each.pod().key()));
            snapshot.remove(all.get(random.nextInt(all.size())).pod().uid());
        }
    }

    /** Comes, goes, or was built anew. */
    private void change(Map<String, Integer> images) {
        String image = IMAGES.get(random.nextInt(IMAGES.size() - 1));
        if (images.remove(image) == null || random.nextInt(4) == 0) {
            images.put(image, 100 + 100 * random.nextInt(9));
        }
    }

    private void tell(String node) {
        Map<String, Integer> images = megabytes.computeIfAbsent(node, _ -> new TreeMap<>());
        String said =
                images.entrySet().stream()
                        .map(
                                each ->
                                        "{'names':['%s'],'sizeBytes':%d000000}"
                                                .formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(","));
        String spec =
                random.nextInt(8) == 0
                        ? "'taints':[{'key':'old','effect':'PreferNoSchedule'}]"
                        : "";
        snapshot.putNode(
                NodeFacts.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%s'},'spec':{%s},
                                 'status':{'images':[%s],
                                   'allocatable':{'cpu':'%d','memory':'8Gi','pods':'9'}}}
                                """
                                        .formatted(node, spec, said, 2 + node.length() % 3))));
    }

    private PodInfo pod(int number, List<String> images) {
        String containers =
                images.stream()
                        .map("{'name':'c','image':'%s'}"::formatted)
                        .collect(Collectors.joining(","));
        String owner = "rs-" + random.nextInt(3);
        return PodSighting.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'p%1$d','namespace':'default','uid':'p%1$d',
                                   'ownerReferences':[{'uid':'%2$s','controller':true}]},
                                 'spec':{'containers':[%3$s]}}
                                """
                                        .formatted(number, owner, containers)))
                .info();
    }
}
