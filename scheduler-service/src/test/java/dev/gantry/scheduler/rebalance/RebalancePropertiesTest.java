package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random clusters, in which the moves are carried out by the real scheduling cycle. */
final class RebalancePropertiesTest {
    private static final int MOST_ROUNDS = 300;

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 90) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMoveHelpsNoBudgetBreaksAndItSettles(long seed) {
        var random = new Random(seed);
        RebalanceSettings settings =
                RandomWorkloads.settings(
                        random,
                        1 + random.nextInt(6),
                        1 + random.nextInt(6),
                        Duration.ofMinutes(5));
        var world = new RebalanceWorld(RandomWorkloads.PROFILES, settings);
        populate(world, random);
        Set<String> placements = new HashSet<>();
        int rounds = 0;
        List<Move> moves = world.settled().plan();
        while (!moves.isEmpty()) {
            assertThat(++rounds).as("replay with -Dseed=%d", seed).isLessThan(MOST_ROUNDS);
            assertThat(placements.add(placement(world)))
                    .as("it has been so before; replay with -Dseed=%d", seed)
                    .isTrue();
            Standing before = Standing.of(world);
            assertBounded(moves, settings, seed);
            world.carryOut(moves);
            assertThat(Standing.of(world))
                    .as("after %s; replay with -Dseed=%d", moves, seed)
                    .isLessThan(before);
            moves = world.settled().plan();
        }
        assertThat(world.settled().plan()).as("replay with -Dseed=%d", seed).isEmpty();
    }

    private static void assertBounded(List<Move> moves, RebalanceSettings settings, long seed) {
        assertThat(moves)
                .as("replay with -Dseed=%d", seed)
                .hasSizeLessThanOrEqualTo(settings.mostAtOnce())
                .hasSizeLessThanOrEqualTo(settings.movesPerMinute())
                .doesNotHaveDuplicates();
        assertThat(moves.stream().map(Move::workload))
                .as("replay with -Dseed=%d", seed)
                .doesNotHaveDuplicates()
                .noneMatch(workload -> workload.startsWith("fixed"));
    }

    private static void populate(RebalanceWorld world, Random random) {
        int nodes = 3 + random.nextInt(6);
        for (int i = 0; i < nodes; i++) {
            world.node("n" + i, random.nextBoolean() ? "4" : "6", "z" + i % 3, "");
        }
        int workloads = 2 + random.nextInt(6);
        for (int i = 0; i < workloads; i++) {
            String name = RandomWorkloads.name(i, random);
            String metadata = RandomWorkloads.metadata(name, random);
            String spec = RandomWorkloads.spec(name, random);
            int cpu = 100 * (1 + random.nextInt(6));
            int replicas = 1 + random.nextInt(5);
            for (int r = 0; r < replicas; r++) {
                world.pod(name, "n" + random.nextInt(nodes), cpu, metadata, spec);
            }
            if (random.nextInt(3) == 0) {
                world.budget(name, random.nextInt(3));
            }
        }
    }

    private static String placement(RebalanceWorld world) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Resource pod : world.pods()) {
            String place = pod.labels().get("app") + "@" + RebalanceWorld.nodeOf(pod);
            counts.merge(place, 1, Integer::sum);
        }
        return counts.toString();
    }

    /**
     * How far from the goal: less excess of spread is better; where that is equal, a better list of
     * nodes, the emptiest first.
     */
    private record Standing(int excess, List<Double> fills) implements Comparable<Standing> {
        static Standing of(RebalanceWorld world) {
            ClusterSnapshot copy = world.quiescent().orElseThrow().listing().rebuild();
            var fullness = new Fullness(copy);
            List<Double> fills =
                    copy.rows().stream()
                            .filter(NodeView::exists)
                            .map(fullness::of)
                            .sorted()
                            .toList();
            var skews = new Skews(copy, RandomWorkloads.PROFILES);
            return new Standing(
                    skews.violated().stream().mapToInt(Skews.Skew::excess).sum(), fills);
        }

        @Override
        public int compareTo(Standing other) {
            if (excess != other.excess) {
                return Integer.compare(excess, other.excess);
            }
            return IntStream.range(0, fills.size())
                    .map(i -> Double.compare(rounded(i), other.rounded(i)))
                    .filter(each -> each != 0)
                    .findFirst()
                    .orElse(0);
        }

        private double rounded(int i) {
            return Math.round(fills.get(i) * 1e6);
        }
    }
}
