package dev.gantry.scheduler.plugin.noderesources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllocationScoresTest {
    private static final SortedMap<String, Integer> ALIKE =
            new TreeMap<>(Map.of("cpu", 1, "memory", 1));
    private static final Score BALANCE = new BalancedAllocation(new TreeSet<>(ALIKE.keySet()));
    private static final Score MOST = new MostAllocated(ALIKE);
    private static final Score LEAST = new LeastAllocated(ALIKE);

    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 2Gi, 72, 15, 85",
        "3, 6Gi, 1, 2Gi, 72, 60, 40",
        "3, 0, 0, 5Gi, 77, 40, 60",
        "8, 16Gi, 2, 4Gi, 80, 100, 0"
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
        snapshot.place(Sample.podInfo("old", cpuThere, memoryThere, ""), "a");
        PodInfo pod = Sample.podInfo("p", cpu, memory, "");

        assertThat(points(BALANCE, pod)).isEqualTo(balance);
        assertThat(points(MOST, pod)).isEqualTo(most);
        assertThat(points(LEAST, pod)).isEqualTo(least);
    }

    @Test
    void balanceIsOfWhatIsAskedForNotOfWhatIsAssumed() {
        snapshot.putNode(Sample.facts("a", "1", "1000Mi", ""));
        snapshot.place(silent("old"), "a");

        assertThat(BALANCE.concerns(silent("p").signature())).isFalse();
        assertThat(points(BALANCE, Sample.podInfo("p", "500m", "500Mi", ""))).isEqualTo(75);
        assertThat(points(BALANCE, Sample.podInfo("p", "500m", "0", ""))).isEqualTo(62);
    }

    @ParameterizedTest
    @CsvSource({"0, 81", "250m, 75", "500m, 68"})
    void balanceIsWhatThePodMakesOfIt(String cpu, int points) {
        snapshot.putNode(Sample.facts("a", "1", "1000Mi", ""));
        snapshot.place(Sample.podInfo("old", "500m", "0", ""), "a");

        assertThat(points(BALANCE, Sample.podInfo("p", cpu, "250Mi", ""))).isEqualTo(points);
    }

    @Test
    void aResourceThatTheNodeHasNothingOfDoesNotCount() {
        snapshot.putNode(Sample.facts("a", "10", "0", ""));
        PodInfo pod = Sample.podInfo("p", "4", "0", "");

        assertThat(points(BALANCE, pod)).isEqualTo(75);
        assertThat(points(MOST, pod)).isEqualTo(40);
        assertThat(points(LEAST, pod)).isEqualTo(60);
    }

    @Test
    void aNodeWithNothingAtAllIsNeitherFullNorEmpty() {
        snapshot.putNode(Sample.facts("a", "0", "0", ""));
        PodInfo pod = Sample.podInfo("p", "0", "0", "");

        assertThat(points(MOST, pod)).isZero();
        assertThat(points(LEAST, pod)).isZero();
    }

    private int points(Score score, PodInfo pod) {
        return score.score(pod.signature(), snapshot.row(0)) / Score.POINT;
    }

    private static PodInfo silent(String name) {
        return PodSighting.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%1$s','namespace':'default','uid':'%1$s'},
                                 'spec':{'containers':[{'name':'c'}]}}
                                """
                                        .formatted(name)))
                .info();
    }
}
