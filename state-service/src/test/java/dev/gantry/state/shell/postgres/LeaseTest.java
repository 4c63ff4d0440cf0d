package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.StateLogContract.committed;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StoredObject;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final ObjectKey KEY = Samples.key(Kinds.LEASE, "kube-node-lease", "node-a");

    private final Path keyFile = RunningLog.keyFile();

    @Test
    void areWrittenBehindAndNeverLogged() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        StoredObject made;
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            made = create(running);
            await().untilAsserted(() -> assertThat(rows(postgres, "leases")).isEqualTo(1));
            assertThat(rows(postgres, "revisions")).isZero();
            assertThat(running.heard).isEmpty();
        }

        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            StoredObject read = running.log.get(KEY).orElseThrow();
            assertThat(read.revision()).isEqualTo(made.revision());
            running.log.commit(List.of(Samples.remove(KEY, read.revision())));
        }
        assertThat(rows(postgres, "leases")).isZero();
    }

    /** A crash of the server empties unlogged tables; what is in memory is written again. */
    @Test
    void surviveACrashOfTheServerInMemory() throws Exception {
        try (var postgres = TestPostgres.ownServer();
                var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            Revision made = create(running).revision();
            postgres.kill();
            await().until(() -> !running.log.isLeading());
            postgres.start();
            running.awaitLeading();

            assertThat(running.log.get(KEY).orElseThrow().revision()).isEqualTo(made);
            await().untilAsserted(() -> assertThat(rows(postgres, "leases")).isEqualTo(1));
        }
    }

    private static StoredObject create(RunningLog running) throws InterruptedException {
        return committed(
                running.log.commit(
                        List.of(Samples.create(Kinds.LEASE, Samples.object(Kinds.LEASE, KEY)))));
    }

    private static long rows(TestPostgres postgres, String table) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM gantry." + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
