package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void writesAreDurableAndDatabasesAreApart() throws SQLException {
        var first = TestPostgres.freshDatabase();
        var second = TestPostgres.freshDatabase();

        first.execute("CREATE TABLE only_here (id int)");

        assertThat(read(first, "SHOW fsync")).isEqualTo("on");
        assertThat(read(first, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(read(second, "SELECT to_regclass('only_here')")).isEqualTo("null");
    }

    @Test
    void aKilledServerStartsAgainWithWhatItHadCommitted() throws SQLException {
        try (var postgres = TestPostgres.ownServer()) {
            postgres.execute("CREATE TABLE kept AS SELECT 7 AS id");

            postgres.kill();
            postgres.start();

            assertThat(read(postgres, "SELECT id FROM kept")).isEqualTo("7");
        }
    }

    private static String read(TestPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
