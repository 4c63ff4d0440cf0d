package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        RebalanceSettings settings = settings(random);
        var world = new RebalanceWorld(profiles(), settings);
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

    private static Profiles profiles() {
        return Profiles.of(
                Map.of("apart.strategy", "spreading", "apart.default-spread", "zone=1,host=2"),
                Profiles.PACKING);
    }

    private static RebalanceSettings settings(Random random) {
        List<String> modes = List.of("empty-nodes", "restore-spread", "both");
        return RebalanceSettings.of(
                Map.of(
                        "mode", modes.get(random.nextInt(modes.size())),
                        "moves-per-minute", Integer.toString(1 + random.nextInt(4)),
                        "most-at-once", Integer.toString(1 + random.nextInt(3)),
                        "settle-seconds", Integer.toString(5 + random.nextInt(60))));
    }

    private static void populate(RebalanceStorm storm, Random random) {
        int nodes = 5 + random.nextInt(10);
        for (int i = 0; i < nodes; i++) {
            storm.addNode();
        }
        storm.addHopeless();
        int workloads = 4 + random.nextInt(12);
        for (int i = 0; i < workloads; i++) {
            boolean isFixed = random.nextInt(8) == 0;
            String name = (isFixed ? "fixed" : "w") + i;
            String metadata = isFixed ? ",'annotations':{'gantry.dev/rebalance':'false'}" : "";
            if (!isFixed && random.nextInt(3) == 0) {
                metadata = ",'annotations':{'gantry.dev/scheduling-profile':'apart'}";
            }
            storm.addWorkload(
                    name,
                    1 + random.nextInt(5),
                    100 * (1 + random.nextInt(6)),
                    metadata,
                    RebalancePropertiesTest.spec(name, random));
        }
    }
}
