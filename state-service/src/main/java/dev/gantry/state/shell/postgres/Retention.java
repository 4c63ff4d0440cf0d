package dev.gantry.state.shell.postgres;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what is older than it is to be kept: Events one by one, so that watchers hear of it,
 * and the logs a partition at a time.
 *
 * <p>Invariant: what the change feed has not told yet is not dropped, however old.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int MOST_EVENTS = 2000;

    private static final String OLD_EVENTS =
            """
            SELECT namespace, name, revision
            FROM (SELECT DISTINCT ON (namespace, name) namespace, name, revision, time, type
                  FROM gantry.events ORDER BY namespace, name, revision DESC) AS newest
            WHERE type <> 'DELETED' AND time < ? LIMIT ?
            """;

    /** Oldest first. The newest partition stays, whatever its age. */
    private static final String PARTITIONS =
            """
            SELECT substring(c.relname FROM '[0-9]+$')::bigint AS low
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = ('gantry.' || ?)::regclass
            ORDER BY low
            """;

    private static final String IS_OVER =
            """
            SELECT (SELECT revision FROM gantry.relay_position) >= ? + 1000000 AND
                   coalesce((SELECT time < ? FROM gantry.revisions
                             WHERE revision >= ? AND revision < ? + 1000000
                             ORDER BY revision DESC LIMIT 1), true)
            """;

    private final DataSource database;
    private final PostgresLog log;
    private final Kept kept;
    private final InstantSource clock;
    private final Loop loop = new Loop("retention", this::run);

    /** How long what is kept. */
    public record Kept(Duration history, Duration events) {}

    public Retention(DataSource database, PostgresLog log, Kept kept, InstantSource clock) {
        this.database = database;
        this.log = log;
        this.kept = kept;
        this.clock = clock;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException, SQLException {
        while (loop.pause(EVERY)) {
            if (log.isLeading()) {
                tidy(clock.instant());
            }
        }
    }

    /** One pass. */
    void tidy(Instant now) throws SQLException, InterruptedException {
        removeOldEvents(now);
        try (Connection connection = database.getConnection()) {
            dropEventDays(connection, now);
            dropRevisions(connection, now);
        }
    }

    private void removeOldEvents(Instant now) throws SQLException, InterruptedException {
        List<Change> removals = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(OLD_EVENTS)) {
            statement.setTimestamp(1, Timestamp.from(now.minus(kept.events())));
            statement.setInt(2, MOST_EVENTS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    var key =
                            new ObjectKey(
                                    Resources.EVENTS,
                                    row.getString("namespace"),
                                    row.getString("name"));
                    var seen = new Revision(row.getLong("revision"));
                    removals.add(
                            new Change(key, seen, Optional.empty(), "system:gantry:state", now));
                }
            }
        }
        for (Change removal : removals) {
            // One that changed meanwhile is not old: it stays, and no outcome is looked at.
            log.commit(List.of(removal));
        }
    }

    private void dropEventDays(Connection connection, Instant now) throws SQLException {
        String lastDay =
                now.minus(kept.events()).minus(Duration.ofDays(2)).toString().substring(0, 10);
        long limit = Long.parseLong(lastDay.replace("-", ""));
        for (long day : partitions(connection, "events")) {
            if (day <= limit) {
                execute(connection, "DROP TABLE gantry.events_" + day);
                LOG.info("dropped the Events of {}", day);
            }
        }
    }

    private void dropRevisions(Connection connection, Instant now) throws SQLException {
        List<Long> lows = partitions(connection, "revisions");
        for (int i = 0; i < lows.size() - 1; i++) {
            long low = lows.get(i);
            if (!isOver(connection, low, now.minus(kept.history()))) {
                return;
            }
            execute(connection, "SELECT gantry.drop_revisions(" + low + ")");
            LOG.info("dropped the revisions from {} on", low);
        }
    }

    private static boolean isOver(Connection connection, long low, Instant before)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_OVER)) {
            statement.setLong(1, low);
            statement.setTimestamp(2, Timestamp.from(before));
            statement.setLong(3, low);
            statement.setLong(4, low);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static List<Long> partitions(Connection connection, String parent) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PARTITIONS)) {
            statement.setString(1, parent);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong("low"));
                }
            }
        }
        return found;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
