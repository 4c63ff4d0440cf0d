package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.Memory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads all live objects, in one transaction, by whoever holds the write lease. */
final class StateLoader {
    private static final int FETCH_ROWS = 2000;

    private static final String OBJECTS =
            """
            SELECT resource, namespace, name, revision, body::text AS body, sealed, report_sequence
            FROM gantry.objects
            """;

    private static final String LEASES =
            """
            SELECT resource, namespace, name, revision, body::text AS body, NULL::bytea AS sealed,
                   0 AS report_sequence
            FROM gantry.leases
            """;

    /** The log of Events holds every state of each; the last one counts. */
    private static final String EVENTS =
            """
            SELECT resource, namespace, name, revision, body::text AS body, sealed,
                   0 AS report_sequence
            FROM (SELECT DISTINCT ON (namespace, name) * FROM gantry.events
                  ORDER BY namespace, name, revision DESC) AS newest
            WHERE type <> 'DELETED'
            """;

    private static final String LAST_TIME =
            """
            SELECT greatest(
                (SELECT time FROM gantry.revisions ORDER BY revision DESC LIMIT 1),
                (SELECT time FROM gantry.events ORDER BY revision DESC LIMIT 1)) AS time
            """;

    private final RowCodec codec;

    StateLoader(RowCodec codec) {
        this.codec = codec;
    }

    /** What was loaded, and when the last change in it happened. */
    record Loaded(Memory memory, Instant lastTime) {}

    /**
     * @param revision the last number that may have been given: the memory's from now on
     */
    Loaded load(Connection connection, Revision revision) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Memory.Edit edit = Memory.empty(Revision.NONE).edit();
            for (String query : new String[] {OBJECTS, LEASES, EVENTS}) {
                read(connection, query, edit);
            }
            Instant time = lastTime(connection);
            connection.commit();
            return new Loaded(edit.at(revision), time);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void read(Connection connection, String query, Memory.Edit into) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    EncodedObject object = codec.stored(row);
                    into.put(object.reported(row.getLong("report_sequence")));
                }
            }
        }
    }

    private static Instant lastTime(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_TIME);
                ResultSet row = statement.executeQuery()) {
            row.next();
            java.sql.Timestamp found = row.getTimestamp("time");
            return found == null ? Instant.EPOCH : found.toInstant();
        }
    }
}
