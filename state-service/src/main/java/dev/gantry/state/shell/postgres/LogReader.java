package dev.gantry.state.shell.postgres;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.shell.live.Backfill;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what was committed, in order. On connections of its own, beside the committer. */
public final class LogReader implements Backfill {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private static final String COLUMNS =
            """
            r.revision, r.resource, r.namespace, r.name, r.type, r.previous, r.actor, r.time,
            r.body::text AS body, r.sealed\
            """;

    private static final String AFTER =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM (
                    (SELECT * FROM gantry.revisions WHERE revision > ? ORDER BY revision LIMIT ?)
                    UNION ALL
                    (SELECT * FROM gantry.events WHERE revision > ? ORDER BY revision LIMIT ?)
                    ) AS r ORDER BY r.revision LIMIT ?
                    """;

    /** The state before may have left the log with its partition: then it stands in the base. */
    private static final String OF_RESOURCE =
            "SELECT "
                    + COLUMNS
                    + """
                    , coalesce(p.body, b.body)::text AS before_body,
                      coalesce(p.sealed, b.sealed) AS before_sealed
                    FROM gantry.%1$s AS r
                    LEFT JOIN gantry.%1$s AS p ON r.previous > 0 AND p.revision = r.previous
                    LEFT JOIN gantry.revisions_base AS b
                        ON r.previous > 0 AND b.revision = r.previous
                    WHERE r.resource = ? AND r.revision > ? AND r.revision <= ?
                    ORDER BY r.revision LIMIT ?
                    """;

    private static final String NEWEST =
            """
            SELECT resource, max(revision) AS newest FROM gantry.revisions
            WHERE revision > ? AND revision <= ? GROUP BY resource
            """;

    /** Cost: whole rows are read, some 60 MB of them. */
    private static final long LAST = 20_000;

    /** Of the log, and of all there is: watches do not go on over a restored database. */
    private static final String FLOORS =
            """
            SELECT greatest(f.revision, l.restored) AS of_log, l.restored AS of_all
            FROM gantry.history_floor f, gantry.write_lease l
            """;

    private final DataSource database;
    private final RowCodec codec;

    LogReader(DataSource database, RowCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    /** All that was committed after {@code after}, at most {@code most} entries of it. */
    public List<LogEntry> after(Revision after, int most) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(AFTER)) {
            statement.setLong(1, after.value());
            statement.setInt(2, most);
            statement.setLong(3, after.value());
            statement.setInt(4, most);
            statement.setInt(5, most);
            List<LogEntry> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(entry(row, Optional.empty()));
                }
            }
            return found;
        }
    }

    /**
     * The last revision of each resource that changed among the last {@value #LAST} up to there.
     */
    public Map<GroupResource, Revision> newest(Revision upTo) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setLong(1, upTo.value() - LAST);
            statement.setLong(2, upTo.value());
            Map<GroupResource, Revision> found = new TreeMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            GroupResource.parse(row.getString("resource")),
                            new Revision(row.getLong("newest")));
                }
            }
            return found;
        }
    }

    /**
     * The newest of these changes that the log should hold and does not; empty where it holds them
     * all. Those that it need not hold any more are left out, and Events.
     */
    public Optional<Revision> unknown(Map<ObjectKey, Revision> changes) throws SQLException {
        Map<ObjectKey, Revision> logged = new HashMap<>(changes);
        logged.keySet().removeIf(key -> codec.durability(key.resource()) != Durability.LOGGED);
        try (Connection connection = database.getConnection()) {
            return LogProbe.unknown(connection, logged);
        }
    }

    @Override
    public Optional<List<LogEvent>> read(
            GroupResource resource, Revision after, Revision upTo, int most) {
        Durability durability = codec.durability(resource);
        if (durability == Durability.MEMORY_FIRST) {
            return Optional.empty();
        }
        try (Connection connection = database.getConnection()) {
            if (floor(connection, durability) > after.value()) {
                return Optional.empty();
            }
            String table = durability == Durability.EVENTS ? "events" : "revisions";
            try (PreparedStatement statement =
                    connection.prepareStatement(OF_RESOURCE.formatted(table))) {
                statement.setString(1, resource.toString());
                statement.setLong(2, after.value());
                statement.setLong(3, upTo.value());
                statement.setInt(4, most);
                return events(statement);
            }
        } catch (SQLException away) {
            // A watcher can list again from memory, which does not need the database.
            LOG.info("cannot look up {} after {} in the log: {}", resource, after, away.toString());
            return Optional.empty();
        }
    }

    /** Empty where the state before some event is no longer to be had. */
    private Optional<List<LogEvent>> events(PreparedStatement statement) throws SQLException {
        List<LogEvent> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long previous = row.getLong("previous");
                String before = row.getString("before_body");
                if (previous > 0 && before == null) {
                    return Optional.empty();
                }
                Optional<StoredObject> state =
                        previous == 0
                                ? Optional.empty()
                                : Optional.of(
                                        codec.object(
                                                key(row),
                                                previous,
                                                before,
                                                row.getBytes("before_sealed")));
                found.add(entry(row, state).event());
            }
        }
        return Optional.of(found);
    }

    private LogEntry entry(ResultSet row, Optional<StoredObject> before) throws SQLException {
        EncodedObject object = codec.object(row);
        var event =
                new LogEvent(
                        object.revision(), Type.valueOf(row.getString("type")), object, before);
        return new LogEntry(
                event,
                new Revision(row.getLong("previous")),
                row.getString("actor"),
                row.getTimestamp("time").toInstant());
    }

    private static ObjectKey key(ResultSet row) throws SQLException {
        return new ObjectKey(
                GroupResource.parse(row.getString("resource")),
                row.getString("namespace"),
                row.getString("name"));
    }

    private static long floor(Connection connection, Durability durability) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FLOORS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(durability == Durability.LOGGED ? "of_log" : "of_all");
        }
    }
}
