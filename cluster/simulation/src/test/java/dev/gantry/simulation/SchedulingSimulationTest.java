package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two schedulers, restarts, lost and repeated messages, refusals, nodes that vanish, clock jumps,
 * preemption and gangs. {@link Invariants} holds at every revision: no pod is bound twice, and no
 * node is overcommitted.
 */
final class SchedulingSimulationTest {
    /**
     * Words that were taken back, refused, or of pods not seen yet, when somebody took over; and
     * victims that had moved on before it was refused to evict them.
     */
    private static final long[] ONCE_FAILED = {
        138, 334, 345, 270, 505, 2918, 11_337, 11_415, 14_431
    };

    static LongStream seeds() {
        return Seeds.first(30, ONCE_FAILED);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPodIsPlacedInTheEndAndThenItIsQuiet(long seed) {
        assertSettles(new SchedulingWorld(seed), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soItIsWhereGangsLosePodsAndADeposedStateServiceSkipsMessages(long seed) {
        assertSettles(new SchedulingWorld(seed).harsh(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soItIsWherePodGroupsComeLateAndGoWhilePodsWait(long seed) {
        assertSettles(new SchedulingWorld(seed).grouped(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soItIsWhereNamesakesComeWordsAreLateFeedsHaveGapsAndClocksAreSet(long seed) {
        var world = new SchedulingWorld(seed).wild();
        world.runWithFaults(400);
        assertSettlesOnceHealed(world, seed);
    }

    private static void assertSettles(SchedulingWorld world, long seed) {
        for (int i = 0; i < 40; i++) {
            world.runWithFaults(10);
            assertGangIsWhole(world, seed);
        }
        assertSettlesOnceHealed(world, seed);
        assertGangIsWhole(world, seed);
    }

    private static void assertSettlesOnceHealed(SchedulingWorld world, long seed) {
        world.heal(6);
        world.runHealthy(120);

        assertThat(world.pods())
                .as("replay with -Dseed=%d", seed)
                .allMatch(pod -> !SchedulingWorld.nodeOf(pod).isEmpty());
        int messages = world.messages();
        world.runHealthy(400);
        assertThat(world.messages())
                .as("nobody is woken in vain; replay with -Dseed=%d", seed)
                .isEqualTo(messages);
        assertThat(world.replicas())
                .as("who leads waits for nothing; replay with -Dseed=%d", seed)
                .filteredOn(SchedulerReplica::isLeading)
                .hasSize(1)
                .allMatch(SchedulerReplica::isCalm);
        assertThat(world.replicas())
                .extracting(SchedulerReplica::placements)
                .as("nobody takes space by mistake; replay with -Dseed=%d", seed)
                .containsOnly(world.placements());
    }

    private static void assertGangIsWhole(SchedulingWorld world, long seed) {
        List<Resource> gang =
                world.pods().stream().filter(pod -> !SchedulingWorld.gang(pod).isEmpty()).toList();
        long placed = gang.stream().filter(pod -> !SchedulingWorld.nodeOf(pod).isEmpty()).count();
        assertThat(placed)
                .as("pods of the gang that have a node; replay with -Dseed=%d", seed)
                .isIn(0L, (long) gang.size());
    }
}
