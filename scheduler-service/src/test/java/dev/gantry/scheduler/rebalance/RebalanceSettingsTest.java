package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RebalanceSettingsTest {
    @Test
    void isOffUnlessAskedFor() {
        RebalanceSettings settings = RebalanceSettings.of(Map.of());

        assertThat(settings.isOff()).isTrue();
        assertThat(settings.settle()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void readsModesAndBounds() {
        assertThat(RebalanceSettings.of(Map.of("mode", "empty-nodes")).goals())
                .containsExactly(Goal.EMPTY_NODES);
        assertThat(RebalanceSettings.of(Map.of("mode", "both")).goals())
                .containsExactly(Goal.EMPTY_NODES, Goal.RESTORE_SPREAD);
        assertThat(RebalanceSettings.of(Map.of("moves-per-minute", "600")).movesPerMinute())
                .isEqualTo(600);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RebalanceSettings.of(Map.of("mode", "on")))
                .withMessage(
                        "gantry.scheduler.rebalance.mode is 'on': expected off, empty-nodes,"
                                + " restore-spread or both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RebalanceSettings.of(Map.of("most-at-once", "0")))
                .withMessage(
                        "gantry.scheduler.rebalance.most-at-once is '0': expected a whole number"
                                + " from 1 to 600");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RebalanceSettings.of(Map.of("settle-seconds", "5m")))
                .withMessageContaining("settle-seconds is '5m'");
    }
}
