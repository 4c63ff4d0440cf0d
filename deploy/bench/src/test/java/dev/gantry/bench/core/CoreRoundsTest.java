package dev.gantry.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.report.Samples;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoreRoundsTest {
    private static final Sizes SMALL = new Sizes(60, 40, 20);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PREEMPTION_ONLY")
    void everyWorkloadFitsOntoItsNodes(Workload workload) {
        var cluster = new CoreCluster(workload, SMALL, ImageStock.NONE);
        var rounds = new CoreRounds(cluster, Profile.PACKING);
        assertThat(rounds.place().placed()).isEqualTo(SMALL.pods());
        assertThat(rounds.cycle().placed()).isEqualTo(SMALL.pods());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100})
    void imagesComeAndGoMeanwhile(int percent) {
        var stock = new ImageStock(percent);
        var cluster = new CoreCluster(Workload.BASIC, SMALL, stock);
        NodeFacts before = CoreCluster.node(Workload.BASIC, 0, stock.of(0));
        NodeFacts first = cluster.changeAfter(ImageStock.PODS_PER_CHANGE).orElseThrow();
        NodeFacts second = cluster.changeAfter(2 * ImageStock.PODS_PER_CHANGE).orElseThrow();
        assertThat(first.images()).isNotEqualTo(before.images());
        assertThat(second).isEqualTo(before);
        assertThat(cluster.changeAfter(ImageStock.PODS_PER_CHANGE + 1)).isEmpty();
        var rounds = new CoreRounds(cluster, Profile.PACKING);
        assertThat(rounds.place().placed()).isEqualTo(SMALL.pods());
        assertThat(rounds.cycle().placed()).isEqualTo(SMALL.pods());
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "BACKLOG"})
    void everyPodHasALatency(Workload workload) {
        var cluster = new CoreCluster(workload, SMALL.with(-1, -1, 0), ImageStock.NONE);
        Samples samples = new CoreLatency(cluster, PodForm.PLAIN, SMALL, 5_000).measure();
        assertThat(samples.count()).isEqualTo(SMALL.pods());
    }
}
