package dev.gantry.scheduler.placement.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.score.RequestedRatio.Point;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestedRatioTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 10", "4, 46", "7, 100", "9, 47", "10, 20", "11, 20"})
    void followsTheLineThroughThePoints(String cpu, int expected) {
        var points = List.of(new Point(20, 10), new Point(70, 100), new Point(100, 20));
        var score = new RequestedRatio(points, new TreeMap<>(Map.of("cpu", 1)));

        assertThat(scoreOf(score, cpu, "1Gi")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 45", "3, 63"})
    void weighsTheResources(int weightOfMemory, int expected) {
        var line = List.of(new Point(0, 0), new Point(100, 100));
        var weights = new TreeMap<>(Map.of("cpu", 1, "memory", weightOfMemory));

        assertThat(scoreOf(new RequestedRatio(line, weights), "1", "8200Mi")).isEqualTo(expected);
    }

    private int scoreOf(RequestedRatio score, String cpu, String memory) {
        snapshot.putNode(Sample.facts("a", "10", "10Gi", ""));
        return score.score(Sample.demand("p", cpu, memory, "").shape(), snapshot.row(0))
                / Score.POINT;
    }
}
