package dev.gantry.scheduler.plugin.noderesources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Scheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BalanceGainTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({
        "3,   5000Mi, 83",
        "5,   3000Mi, 17",
        "0,      0Mi, 17",
        "4,   4800Mi, 83",
        "4.2, 4400Mi, 33"
    })
    void isThePartOfWhatThePodBringsThatEvensTheNodeOut(String cpu, String memory, int points) {
        snapshot.putNode(Sample.facts("a", "10", "10000Mi", ""));
        snapshot.place(Sample.podInfo("old", cpu, memory, ""), "a");
        PodInfo pod = Sample.podInfo("p", "1", "200Mi", "");

        assertThat(Math.round(scoreOf(pod) / (float) Score.POINT)).isEqualTo(points);
    }

    @Test
    void whoBringsNothingIsAtHomeEverywhere() {
        snapshot.putNode(Sample.facts("a", "10", "10000Mi", ""));
        snapshot.place(Sample.podInfo("old", "5", "1000Mi", ""), "a");

        assertThat(scoreOf(Sample.podInfo("p", "0", "0", ""))).isEqualTo(Score.MAX / 2);
    }

    @Test
    void aPodThatAsksForCpuAloneGoesToTheFullerOfTwoNodesThatSuitItEqually() {
        snapshot.putNode(Sample.facts("a", "16", "64Gi", ""));
        snapshot.putNode(Sample.facts("b", "16", "64Gi", ""));
        snapshot.putNode(Sample.facts("c", "16", "64Gi", ""));
        snapshot.place(cpuAlone("one", 3000), "b");
        snapshot.place(cpuAlone("two", 100), "c");

        assertThat(nodeFor(cpuAlone("p", 250))).isEqualTo("b");
    }

    @Test
    void aPodThatAsksForCpuAloneGoesWhereCpuWouldElseBeStranded() {
        snapshot.putNode(Sample.facts("full", "16", "64Gi", ""));
        snapshot.putNode(Sample.facts("lopsided", "16", "64Gi", ""));
        snapshot.place(Sample.podInfo("one", "14", "48Gi", ""), "full");
        snapshot.place(Sample.podInfo("two", "2", "50Gi", ""), "lopsided");

        assertThat(nodeFor(cpuAlone("p", 250))).isEqualTo("lopsided");
    }

    private int scoreOf(PodInfo pod) {
        var both = new TreeSet<>(List.of("cpu", "memory"));
        return new BalanceGain(both).score(pod.signature(), snapshot.row(0));
    }

    private String nodeFor(PodInfo pod) {
        return ((Placement.Placed) new Scheduler(Profile.PACKING).place(pod, snapshot)).node();
    }

    private static PodInfo cpuAlone(String name, int milliCpu) {
        return Sample.podInfo(name, milliCpu + "m", "0", "");
    }
}
