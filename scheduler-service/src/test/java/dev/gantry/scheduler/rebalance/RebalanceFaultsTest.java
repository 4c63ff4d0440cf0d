package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong, nothing is moved faster than it may be; and in the end all is at rest. */
final class RebalanceFaultsTest {
    private static final int STORM = 400;

    /** Longer than moves are remembered: what was to no avail must not be tried again and again. */
    private static final Duration REST = Duration.ofMinutes(90);

    private static final int MOST_STEPS = 3_000;

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 60) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsToItsPaceAndComesToRest(long seed) {
        var random = new Random(seed);
        RebalanceSettings settings =
                RandomWorkloads.settings(
                        random,
                        1 + random.nextInt(4),
                        1 + random.nextInt(3),
                        Duration.ofSeconds(5 + random.nextInt(60)));
        var world = new RebalanceWorld(RandomWorkloads.PROFILES, settings);
        var storm = new RebalanceStorm(world, settings, seed);
        populate(storm, random);

        for (int i = 0; i < STORM; i++) {
            storm.step();
        }
        storm.calmDown();
        Instant still = world.now();
        int evictions = storm.evictions();
        for (int i = 0; still.plus(REST).isAfter(world.now()); i++) {
            assertThat(i).as("it never rests; replay with -Dseed=%d", seed).isLessThan(MOST_STEPS);
            storm.step();
            still = evictions == storm.evictions() ? still : world.now();
            evictions = storm.evictions();
        }
    }

    private static void populate(RebalanceStorm storm, Random random) {
        int nodes = 5 + random.nextInt(10);
        for (int i = 0; i < nodes; i++) {
            storm.addNode();
        }
        storm.addHopeless();
        int workloads = 4 + random.nextInt(12);
        for (int i = 0; i < workloads; i++) {
            String name = RandomWorkloads.name(i, random);
            storm.addWorkload(
                    name,
                    1 + random.nextInt(5),
                    100 * (1 + random.nextInt(6)),
                    RandomWorkloads.metadata(name, random),
                    RandomWorkloads.spec(name, random));
        }
    }
}
