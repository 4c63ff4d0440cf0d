package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.state.log.StateLogContract.committed;
import static dev.gantry.state.log.StateLogContract.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant LATER = Samples.NOON.plus(Duration.ofDays(40));

    private final TestPostgres postgres = TestPostgres.freshDatabase();
    private RunningLog running;
    private Retention retention;

    @BeforeEach
    void start() {
        running = RunningLog.leading(postgres);
        var kept = new Retention.Kept(Duration.ofDays(30), Duration.ofDays(3));
        retention =
                new Retention(postgres.dataSource(), running.log, kept, InstantSource.fixed(LATER));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void oldEventsAreRemovedAndWatchersHearOfIt() throws Exception {
        var key = Samples.key(Kinds.EVENT, "default", "it");
        var made =
                committed(
                        running.log.commit(
                                List.of(
                                        Samples.create(
                                                Kinds.EVENT, Samples.object(Kinds.EVENT, key)))));

        retention.tidy(Samples.NOON.plus(Duration.ofDays(2)));
        assertThat(running.log.get(key)).isPresent();
        retention.tidy(LATER);

        assertThat(running.log.get(key)).isEmpty();
        try (var cursor = running.log.watch(key.resource(), made.revision())) {
            assertThat(read(cursor, 1)).extracting(LogEvent::type).containsExactly(Type.DELETED);
        }
        assertThat(tables("events")).containsExactly("events_20261211");
    }

    @Test
    void oldRevisionsLeaveOnceTheFeedHasToldThem() throws Exception {
        running.log.commit(List.of(Samples.createConfigMap("a", "1")));
        postgres.execute("SELECT gantry.ensure_revisions(1000000, 1000001)");

        retention.tidy(LATER);
        assertThat(tables("revisions")).hasSize(2);

        postgres.execute("UPDATE gantry.relay_position SET revision = 1000000");
        retention.tidy(LATER);
        assertThat(tables("revisions")).containsExactly("revisions_1000000");
        assertThat(running.log.list(CONFIG_MAPS, "").objects()).hasSize(1);
    }

    private List<String> tables(String parent) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT string_agg(inhrelid::regclass::text, ' ') FROM pg_inherits"
                                        + " WHERE inhparent = 'gantry."
                                        + parent
                                        + "'::regclass")) {
            rows.next();
            return List.of(rows.getString(1).replace("gantry.", "").split(" "));
        }
    }
}
