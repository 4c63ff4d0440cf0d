package dev.gantry.state.shell.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL compresses, as that takes time while others wait. */
class StoredFormTest {
    private final TestPostgres postgres = TestPostgres.freshDatabase();

    @Test
    void anObjectOfUsualSizeIsStoredAsItIsAndALargeOneCompressed() throws Exception {
        try (var running = RunningLog.leading(postgres)) {
            running.log.commit(List.of(Samples.createConfigMap("usual", "text ".repeat(600))));
            running.log.commit(List.of(Samples.createConfigMap("large", "text ".repeat(6000))));

            assertThat(isCompressed("objects", "usual")).isFalse();
            assertThat(isCompressed("revisions", "usual")).isFalse();
            assertThat(isCompressed("objects", "large")).isTrue();
            assertThat(isCompressed("revisions", "large")).isTrue();
        }
    }

    private boolean isCompressed(String table, String name) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement =
                        connection.prepareStatement(
                                "SELECT pg_column_compression(body) IS NOT NULL FROM gantry."
                                        + table
                                        + " WHERE name = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getBoolean(1);
            }
        }
    }
}
