package dev.gantry.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.report.Samples;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.scheduler.placement.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CoreRoundsTest {
    private static final Sizes SMALL = new Sizes(60, 40, 20);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PREEMPTION_ONLY")
    void everyWorkloadFitsOntoItsNodes(Workload workload) {
        var rounds = new CoreRounds(new CoreCluster(workload, SMALL), Profile.PACKING);
        assertThat(rounds.place().placed()).isEqualTo(SMALL.pods());
        assertThat(rounds.cycle().placed()).isEqualTo(SMALL.pods());
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "BACKLOG"})
    void everyPodHasALatency(Workload workload) {
        var cluster = new CoreCluster(workload, SMALL.with(-1, -1, 0));
        Samples samples = new CoreLatency(cluster, PodForm.PLAIN, SMALL, 5_000).measure();
        assertThat(samples.count()).isEqualTo(SMALL.pods());
    }
}
