package dev.gantry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SideBySideTest {
    private final Report fast = report(300).add("lost", "lost", 0, "");
    private final Report slow = report(100).add("lost", "lost", 0, "");

    @Test
    void takesTheMedianOfTheRoundsThatHaveAFigure() {
        Report medians =
                Report.medians(List.of(report(1), report(Double.NaN), report(9), report(2)));

        assertThat(medians.value("rate")).isEqualTo(2);
    }

    @Test
    void saysWhoIsWhoAndHowManyTimesTheFirstIsTheSecond() {
        String table = new SideBySide(List.of("here", "there"), List.of(fast, slow)).table();

        assertThat(table).contains("bench api", "  A: here\n", "  B: there\n");
        assertThat(line(table, "rate")).containsExactly("rate", "300.00", "100.00", "/s", "3.00");
    }

    @Test
    void drawsALineWhereThereIsNoRatio() {
        String table =
                new SideBySide(List.of("here", "there"), List.of(fast, new Report("api"))).table();

        assertThat(line(table, "rate")).containsExactly("rate", "300.00", "-", "/s", "-");
        String both = new SideBySide(List.of("here", "there"), List.of(fast, slow)).table();
        assertThat(line(both, "lost")).containsExactly("lost", "0.00", "0.00", "-");
    }

    @Test
    void isOneObjectForMachines() {
        var json = new SideBySide(List.of("here", "there"), List.of(fast, slow)).json();

        assertThat(json.path("clusters").toString()).isEqualTo("[\"here\",\"there\"]");
        assertThat(json.at("/rate/ratio").asDouble()).isEqualTo(3);
        assertThat(json.at("/rate/b").asDouble()).isEqualTo(100);
    }

    @Test
    void knowsWhetherAFigureIsTheSameForAll() {
        var both = new SideBySide(List.of("here", "there"), List.of(fast, slow));

        assertThat(both.isEverywhere("lost", 0)).isTrue();
        assertThat(both.isEverywhere("rate", 300)).isFalse();
    }

    private static List<String> line(String table, String what) {
        return table.lines()
                .map(String::strip)
                .filter(each -> each.startsWith(what))
                .map(each -> List.of(each.split(" +")))
                .findFirst()
                .orElseThrow();
    }

    private static Report report(double rate) {
        return new Report("api").add("rate", "rate", rate, "/s");
    }
}
