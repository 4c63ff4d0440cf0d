package dev.gantry.state.shell.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.lease.WriteBehind;
import dev.gantry.state.log.StoredObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes the memory-first objects behind, on the committer's connection. */
final class LeaseTable {
    private static final String PUT =
            """
            INSERT INTO gantry.leases AS l (resource, namespace, name, revision, body)
            VALUES (?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (resource, namespace, name)
            DO UPDATE SET revision = excluded.revision, body = excluded.body
            """;

    private static final String REMOVE =
            "DELETE FROM gantry.leases WHERE resource = ? AND namespace = ? AND name = ?";

    private LeaseTable() {}

    /** In one transaction; the table is unlogged, so it costs no fsync. */
    static void flush(Connection connection, WriteBehind behind) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (StoredObject each : behind.written()) {
                setKey(put, each.key());
                put.setLong(4, each.revision().value());
                put.setString(5, new String(each.json(), UTF_8));
                put.addBatch();
            }
            put.executeBatch();
            for (ObjectKey key : behind.removed()) {
                setKey(remove, key);
                remove.addBatch();
            }
            remove.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void setKey(PreparedStatement statement, ObjectKey key) throws SQLException {
        statement.setString(1, key.resource().toString());
        statement.setString(2, key.namespace());
        statement.setString(3, key.name());
    }
}
