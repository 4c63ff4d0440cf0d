package dev.gantry.controller.workload.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Behaviours that look back for a minute, and let go as fast as they may. */
final class NormalizationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final JsonNode SPEC =
            SimulatedApi.object(
                            """
                            {'minReplicas':1,'maxReplicas':100,'behavior':{
                              'scaleUp':{'stabilizationWindowSeconds':60,
                                'policies':[{'type':'Pods','value':100,'periodSeconds':15}]},
                              'scaleDown':{'stabilizationWindowSeconds':60,
                                'policies':[{'type':'Percent','value':100,'periodSeconds':15}]}}}
                            """)
                    .tree();

    @ParameterizedTest(name = "{0} there, {1} and {2} recommended before, {3} now: {4}")
    @CsvSource({
        "5, 8, 9, 10, 8, ScaleUpStabilized",
        "5, 5, 9, 10, 5, ScaleUpStabilized",
        "5, 3, 9, 10, 5, ScaleUpStabilized",
        "5, 2, 4, 3, 4, ScaleDownStabilized",
        "5, 2, 5, 3, 5, ScaleDownStabilized",
        "5, 2, 9, 3, 5, ScaleDownStabilized",
        "5, 9, 9, 5, 5, ReadyForNewScale",
        "5, 10, 12, 10, 10, ReadyForNewScale",
        "5, 2, 3, 3, 3, ReadyForNewScale"
    })
    void doesNotLeaveWhatThereIsForOneOfSeveralRecommendations(
            int current, int first, int second, int recommended, int wanted, String reason) {
        Duration kept = Duration.ofMinutes(5);
        ScaleHistory history =
                ScaleHistory.NONE
                        .recommended(first, NOW.minusSeconds(45), kept)
                        .recommended(second, NOW.minusSeconds(15), kept);

        Normalization.Desired desired =
                Normalization.of(SPEC, current, recommended, NOW)
                        .apply(SPEC, history, AutoscalerSettings.DEFAULT);

        assertThat(desired.replicas()).isEqualTo(wanted);
        assertThat(desired.able().reason()).isEqualTo(reason);
    }
}
