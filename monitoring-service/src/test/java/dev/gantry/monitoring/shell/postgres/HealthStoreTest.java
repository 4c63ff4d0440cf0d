package dev.gantry.monitoring.shell.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.start.DatabaseSettings;
import dev.gantry.testkit.TestPostgres;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void keepsChangesOnceAndForgetsOldOnes() {
        try (var postgres = TestPostgres.freshDatabase()) {
            var settings =
                    new DatabaseSettings(postgres.url(), postgres.username(), postgres.password());
            try (var store = HealthStore.open(settings)) {
                store.append(List.of(change(1), change(2)));
                store.append(List.of(change(2), change(3)));
                assertThat(store.of("n", 10))
                        .extracting(HealthChange::revision)
                        .containsExactly(3L, 2L, 1L);
            }
            try (var again = HealthStore.open(settings)) {
                again.forgetBefore(START.plusSeconds(2));
                assertThat(again.of("n", 10))
                        .extracting(HealthChange::isReady)
                        .containsExactly("False", "False");
            }
        }
    }

    private static HealthChange change(int second) {
        return new HealthChange("n", second, START.plusSeconds(second))
                .readiness("True", "False")
                .because("KubeletNotReady", "no runtime");
    }
}
