package dev.gantry.monitoring.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import dev.gantry.model.message.Usage.ContainerUsage;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeUsageTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void reckonsTheRatesBetweenTwoSamples() {
        NodeRates rates =
                between(
                        sample(0, used("a", "web", 1_000), used("a", "log", 7)),
                        sample(10, used("a", "web", 6_000), used("a", "log", 17)));
        assertThat(rates.at()).isEqualTo(START.plusSeconds(10));
        assertThat(rates.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rates.pods().get("a"))
                .containsExactly(
                        new ContainerRate("web", new Rate(500_000_000, 64)),
                        new ContainerRate("log", new Rate(1_000_000, 64)));
        assertThat(rates.whole()).isEqualTo(new Rate(501_000_000, 4096));
    }

    @Test
    void hasNoRatesAfterOneSample() {
        assertThat(NodeUsage.first(sample(0, used("a", "web", 7))).rates()).isEmpty();
    }

    @Test
    void countsANewContainerAndARestartedOneFromTheirStart() {
        NodeRates rates =
                between(
                        sample(0, used("a", "web", 9_000)),
                        sample(10, used("a", "web", 2_000), used("b", "web", 1_000)));
        assertThat(rates.pods().get("a").getFirst().rate().nanoCores()).isEqualTo(200_000_000);
        assertThat(rates.pods().get("b").getFirst().rate().nanoCores()).isEqualTo(100_000_000);
    }

    /** The node's own counter goes back when a pod ends. */
    @Test
    void goesOnCountingTheNodeWhenAPodEnds() {
        NodeRates rates =
                between(
                        sample(0, used("a", "web", 9_000), used("b", "web", 50_000)),
                        sample(10, used("a", "web", 9_500)));
        assertThat(rates.whole().nanoCores()).isEqualTo(50_000_000);
        assertThat(rates.pods()).containsOnlyKeys("a");
    }

    @Test
    void leavesOutASampleThatCameLate() {
        var usage = NodeUsage.first(sample(10));
        assertThat(usage.next(sample(5))).isSameAs(usage);
        assertThat(usage.next(sample(10))).isSameAs(usage);
    }

    private static NodeRates between(Usage earlier, Usage later) {
        return NodeUsage.first(earlier).next(later).rates().orElseThrow();
    }

    private static Usage sample(int second, ContainerUsage... containers) {
        return new Usage(
                "n",
                START.plusSeconds(second),
                new Consumption(second, 4096, 0, 0),
                List.of(containers));
    }

    private static ContainerUsage used(String uid, String container, long cpuMillis) {
        var used = new Consumption(cpuMillis * 1_000_000, 64, 0, 0);
        return new ContainerUsage("shop", "pod-" + uid, new Uid(uid), container, used);
    }
}
