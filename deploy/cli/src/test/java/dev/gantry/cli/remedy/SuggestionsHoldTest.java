package dev.gantry.cli.remedy;

import static dev.gantry.cli.world.Sample.NOON;
import static dev.gantry.cli.world.Sample.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.world.Sandbox;
import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is suggested does help, and none of it is superfluous. */
class SuggestionsHoldTest {
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.rangeClosed(1, 60) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySuggestionMakesThePodSchedulable(long seed) {
        var random = new RandomWorld(seed);
        World world = random.world(6, 20);
        for (int i = 0; i < 8; i++) {
            Resource pod = random.pod("asking-" + i, "");
            var sandbox = new Sandbox(world, PROFILES, NOON);
            if (sandbox.place(pod) instanceof Placement.Placed) {
                continue;
            }
            var found = new RemedySearch(sandbox, pod).search(sandbox.objections(pod));
            for (Suggestion each : found) {
                check(world, pod, each, seed);
            }
        }
    }

    private static void check(World world, Resource pod, Suggestion each, long seed) {
        String what = "replay with -Dseed=%d: %s for %s".formatted(seed, each.text(), pod.tree());
        assertThat(fits(world, pod, each.node(), each.remedies())).as(what).isTrue();
        for (String other : each.others()) {
            assertThat(fits(world, pod, other, each.remedies())).as(what).isTrue();
        }
        for (Remedy superfluous : each.remedies()) {
            List<Remedy> without = new ArrayList<>(each.remedies());
            without.remove(superfluous);
            assertThat(fits(world, pod, each.node(), without)).as(what).isFalse();
        }
    }

    /** In a world of its own, by the scheduler's own placement. */
    private static boolean fits(World world, Resource pod, String node, List<Remedy> remedies) {
        var changed = new Sandbox(world, PROFILES, NOON);
        for (Remedy each : remedies) {
            if (each instanceof NodeRemedy ofNode) {
                ofNode.applyTo(changed);
            }
        }
        Resource edited = Case.edited(pod, remedies);
        boolean isPlaced = changed.place(edited) instanceof Placement.Placed;
        boolean isRight = changed.objections(edited, node).isEmpty();
        assertThat(isPlaced || !isRight).isTrue();
        return isRight;
    }
}
