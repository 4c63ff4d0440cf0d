package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Seeds;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Volumes follow their pods from node to node while calls fail, news are late, and another replica
 * of the controllers takes over that knows even less.
 */
final class AttachmentSimulationTest {
    static LongStream seeds() {
        return Seeds.first(40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDiskIsOnOneNodeAtATimeAndInTheEndWhereItsPodIs(long seed) {
        String replay = "replay with -Dseed=" + seed;
        var world = new AttachmentWorld(seed);
        Runnable check = () -> assertSafe(world, replay);
        for (int i = 0; i < 800; i++) {
            world.misfortune();
            world.step(check);
        }
        world.recover(check);
        for (String node : AttachmentWorld.NODES) {
            assertThat(world.listed(node)).as(replay).isEqualTo(world.wanted(node));
            assertThat(world.attached(node)).as(replay).isEqualTo(world.wanted(node));
        }
        long revision = world.revision();
        world.recover(check);
        assertThat(world.revision())
                .as("nothing is written any more; " + replay)
                .isEqualTo(revision);
    }

    private static void assertSafe(AttachmentWorld world, String replay) {
        for (String disk : AttachmentWorld.DISKS) {
            assertThat(world.attachments(disk)).as(replay).hasSizeLessThan(2);
        }
        for (String node : AttachmentWorld.NODES) {
            assertThat(world.attached(node)).as(replay).containsAll(world.listed(node));
            assertThat(world.listed(node))
                    .as("what is mounted stays attached; " + replay)
                    .containsAll(world.inUse(node));
        }
    }
}
