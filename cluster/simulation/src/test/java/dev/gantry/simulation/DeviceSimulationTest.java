package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods that wait for their devices to be attached, while devices fail or are never heard of,
 * messages are lost and repeated, pods leave, and schedulers restart and take over.
 */
final class DeviceSimulationTest {
    /**
     * A word that had given devices was read again, and refused since its pod had left; what a
     * claim had before was taken for what it was given; a claim was reserved that had been given
     * other devices meanwhile; devices were forgotten while the scheduler was suspended; pods that
     * shared a claim waited for each other to give it back; nobody heard that devices were there
     * again when the word on a pod that was gone was refused; and a claim that was made by an
     * earlier decision, and taken away, was taken for the answer to a later one.
     */
    private static final long[] ONCE_FAILED = {
        285, 1774, 1356, 1648, 2063, 488, 1143, 2387, 2463, 296
    };

    static LongStream seeds() {
        return Seeds.first(30, ONCE_FAILED);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noDeviceIsGivenTwiceNoPodIsBoundTooEarlyAndAllAreInTheEnd(long seed) {
        assertSettles(new DeviceWorld(seed), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soItIsInAWildWorldWithGangsAndExtendedResources(long seed) {
        assertSettles(new DeviceWorld(seed).wild(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soItIsWhereSomeDevicesAreThereAtOnceAndOthersBreakBeforeTheirPodIsBound(long seed) {
        assertSettles(new DeviceWorld(seed).brittle(), seed);
    }

    private static void assertSettles(DeviceWorld world, long seed) {
        world.runWithFaults(500);
        world.heal();
        world.runHealthy(200);

        assertThat(world.pods())
                .as("replay with -Dseed=%d", seed)
                .allMatch(pod -> !Resource.text(pod.spec(), "nodeName").isEmpty());
        int messages = world.messages();
        world.runHealthy(900);
        assertThat(world.messages())
                .as("nobody is woken in vain; replay with -Dseed=%d", seed)
                .isEqualTo(messages);
    }
}
