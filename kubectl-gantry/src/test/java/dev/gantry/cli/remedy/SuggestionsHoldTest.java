package dev.gantry.cli.remedy;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is suggested does help, none of it is superfluous, and nothing smaller would do. */
class SuggestionsHoldTest {
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.rangeClosed(1, 100) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySuggestionMakesThePodSchedulable(long seed) {
        var random = new RandomObjects(seed);
        ClusterObjects cluster = random.cluster(6, 20);
        for (int i = 0; i < 8; i++) {
            Resource pod =
                    i % 2 == 0 ? random.pod("asking-" + i, "") : random.attached("asking-" + i);
            var whatIf = new WhatIfCluster(cluster, PROFILES, NOON);
            if (whatIf.place(pod) instanceof Placement.Placed) {
                continue;
            }
            var found = new RemedySearch(whatIf, pod).search(whatIf.rejections(pod));
            for (Suggestion each : found) {
                check(cluster, pod, each, seed);
            }
        }
    }

    private static void check(ClusterObjects cluster, Resource pod, Suggestion each, long seed) {
        String what = "replay with -Dseed=%d: %s for %s".formatted(seed, each.text(), pod.tree());
        assertThat(fits(cluster, pod, each.node(), each.remedies())).as(what).isTrue();
        for (String other : each.others()) {
            assertThat(fits(cluster, pod, other, each.remedies())).as(what).isTrue();
        }
        for (Remedy superfluous : each.remedies()) {
            List<Remedy> without = new ArrayList<>(each.remedies());
            without.remove(superfluous);
            assertThat(fits(cluster, pod, each.node(), without)).as(what).isFalse();
            for (Remedy smaller : smaller(superfluous)) {
                List<Remedy> less = new ArrayList<>(without);
                less.add(smaller);
                assertThat(fits(cluster, pod, each.node(), less))
                        .as("%s, but %s", what, smaller.text())
                        .isFalse();
            }
        }
    }

    /** Slightly less of the same; nothing where there is no less. */
    private static List<Remedy> smaller(Remedy remedy) {
        return switch (remedy) {
            case PodRemedy.LowerRequest lower ->
                    List.of(
                            new PodRemedy.LowerRequest(
                                    lower.resource(),
                                    lower.asked(),
                                    lower.most() + Requests.unit(lower.resource()),
                                    lower.isOfOneContainer()));
            case PodRemedy.RelaxSpread relax when relax.maxSkew() > 1 ->
                    List.of(
                            new PodRemedy.RelaxSpread(
                                    relax.index(),
                                    relax.topologyKey(),
                                    relax.before(),
                                    relax.maxSkew() - 1));
            case NodeRemedy.PodsLeave leave ->
                    leave.pods().stream().<Remedy>map(leave::without).toList();
            default -> List.of();
        };
    }

    /** In a cluster of its own, by the scheduler's own placement. */
    private static boolean fits(
            ClusterObjects cluster, Resource pod, String node, List<Remedy> remedies) {
        var changed = new WhatIfCluster(cluster, PROFILES, NOON);
        for (Remedy each : remedies) {
            switch (each) {
                case NodeRemedy ofNode -> ofNode.applyTo(changed);
                case StorageRemedy ofStorage -> ofStorage.applyTo(changed);
                case PodRemedy _ -> {}
            }
        }
        Resource edited = Case.edited(pod, remedies);
        boolean isPlaced = changed.place(edited) instanceof Placement.Placed;
        boolean isRight = changed.rejections(edited, node).isEmpty();
        assertThat(isPlaced || !isRight).isTrue();
        return isRight;
    }
}
