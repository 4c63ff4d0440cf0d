package dev.gantry.scheduler.plugin.noderesources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.plugin.noderesources.RequestedToCapacityRatio.Point;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestedToCapacityRatioTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 10", "4, 46", "7, 100", "9, 47", "10, 20", "11, 20"})
    void followsTheLineThroughThePoints(String cpu, int expected) {
        var points = List.of(new Point(20, 10), new Point(70, 100), new Point(100, 20));
        var score = new RequestedToCapacityRatio(points, new TreeMap<>(Map.of("cpu", 1)));

        assertThat(scoreOf(score, cpu, "1Gi")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 45", "3, 63"})
    void weighsTheResources(int weightOfMemory, int expected) {
        var line = List.of(new Point(0, 0), new Point(100, 100));
        var weights = new TreeMap<>(Map.of("cpu", 1, "memory", weightOfMemory));

        assertThat(scoreOf(new RequestedToCapacityRatio(line, weights), "1", "8200Mi"))
                .isEqualTo(expected);
    }

    @Test
    void ephemeralStorageIsAResourceLikeTheOthers() {
        var line = List.of(new Point(0, 0), new Point(100, 100));
        var score =
                new RequestedToCapacityRatio(line, new TreeMap<>(Map.of("ephemeral-storage", 1)));
        snapshot.putNode(
                NodeFacts.of(
                        Sample.object(
                                "{'metadata':{'name':'a'},'status':{'allocatable':"
                                        + "{'ephemeral-storage':'10Gi','pods':'110'}}}")));
        snapshot.place(storing("old", "2Gi"), "a");

        assertThat(score.score(storing("p", "1Gi").signature(), snapshot.row(0)) / Score.POINT)
                .isEqualTo(30);
        assertThat(score.score(storing("q", "0").signature(), snapshot.row(0)) / Score.POINT)
                .isEqualTo(20);
    }

    @Test
    void aResourceThatTheNodeHasNothingOfDoesNotCount() {
        var line = List.of(new Point(0, 0), new Point(100, 100));
        var score =
                new RequestedToCapacityRatio(line, new TreeMap<>(Map.of("cpu", 1, "memory", 1)));
        snapshot.putNode(Sample.facts("a", "10", "0", ""));

        assertThat(
                        score.score(Sample.podInfo("p", "3", "0", "").signature(), snapshot.row(0))
                                / Score.POINT)
                .isEqualTo(30);
    }

    private static PodInfo storing(String name, String amount) {
        return PodSighting.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%1$s','namespace':'default','uid':'%1$s'},
                                 'spec':{'containers':[{'name':'c','resources':
                                   {'requests':{'ephemeral-storage':'%2$s'}}}]}}
                                """
                                        .formatted(name, amount)))
                .info();
    }

    private int scoreOf(RequestedToCapacityRatio score, String cpu, String memory) {
        snapshot.putNode(Sample.facts("a", "10", "10Gi", ""));
        return score.score(Sample.podInfo("p", cpu, memory, "").signature(), snapshot.row(0))
                / Score.POINT;
    }
}
