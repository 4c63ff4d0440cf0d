package dev.gantry.scheduler.placement.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllocationScoresTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 2Gi, 95, 15, 85",
        "3, 6Gi, 1, 2Gi, 80, 60, 40",
        "8, 16Gi, 2, 4Gi, 100, 100, 0"
    })
    void areUpstreams(
            String cpuThere,
            String memoryThere,
            String cpu,
            String memory,
            int balance,
            int most,
            int least) {
        snapshot.putNode(Sample.facts("a", "10", "10Gi", ""));
        snapshot.place(Sample.demand("old", cpuThere, memoryThere, ""), "a");
        PodDemand pod = Sample.demand("p", cpu, memory, "");

        assertThat(points(new Balance(), pod)).isEqualTo(balance);
        assertThat(points(new MostAllocated(), pod)).isEqualTo(most);
        assertThat(points(new LeastAllocated(), pod)).isEqualTo(least);
    }

    @Test
    void balanceIsOfWhatIsAskedForNotOfWhatIsAssumed() {
        snapshot.putNode(Sample.facts("a", "1", "1000Mi", ""));
        snapshot.place(silent("old"), "a");

        assertThat(new Balance().concerns(silent("p").shape())).isFalse();
        assertThat(points(new Balance(), Sample.demand("p", "500m", "500Mi", ""))).isEqualTo(100);
    }

    @Test
    void aResourceThatTheNodeHasNothingOfDoesNotCount() {
        snapshot.putNode(Sample.facts("a", "10", "0", ""));
        PodDemand pod = Sample.demand("p", "4", "0", "");

        assertThat(points(new Balance(), pod)).isEqualTo(100);
        assertThat(points(new MostAllocated(), pod)).isEqualTo(40);
        assertThat(points(new LeastAllocated(), pod)).isEqualTo(60);
    }

    @Test
    void aNodeWithNothingAtAllIsNeitherFullNorEmpty() {
        snapshot.putNode(Sample.facts("a", "0", "0", ""));
        PodDemand pod = Sample.demand("p", "0", "0", "");

        assertThat(points(new MostAllocated(), pod)).isZero();
        assertThat(points(new LeastAllocated(), pod)).isZero();
    }

    private int points(Score score, PodDemand pod) {
        return score.score(pod.shape(), snapshot.row(0)) / Score.POINT;
    }

    private static PodDemand silent(String name) {
        return PodSighting.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%1$s','namespace':'default','uid':'%1$s'},
                                 'spec':{'containers':[{'name':'c'}]}}
                                """
                                        .formatted(name)))
                .demand();
    }
}
