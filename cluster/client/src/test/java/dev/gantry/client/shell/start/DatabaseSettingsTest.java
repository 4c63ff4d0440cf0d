package dev.gantry.client.shell.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.testkit.TestPostgres;
import org.junit.jupiter.api.Test;

final class DatabaseSettingsTest {
    @Test
    void whatPostgresWillRefuseForEverIsToldAtOnce() {
        try (var postgres = TestPostgres.freshDatabase()) {
            var right =
                    new DatabaseSettings(postgres.url(), postgres.username(), postgres.password());
            assertThat(right.accepted()).isEqualTo(right);

            var stranger = new DatabaseSettings(postgres.url(), "nobody_known", "x");
            assertThatThrownBy(stranger::accepted)
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining(postgres.url() + " as nobody_known")
                    .hasMessageNotContaining("password x");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        var away = new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/gantry", "a", "b");

        assertThat(away.accepted()).isEqualTo(away);
    }
}
