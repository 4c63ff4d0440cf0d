package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.lease.WriteBehind;
import dev.gantry.state.log.StoredObject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Writes the memory-first objects behind, on the committer's connection. */
final class LeaseTable {
    private static final String PUT =
            """
            INSERT INTO gantry.leases (resource, namespace, name, revision, body)
            SELECT t.resource, t.namespace, t.name, t.revision, convert_from(t.body, 'UTF8')::jsonb
            FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bytea[])
                 AS t(resource, namespace, name, revision, body)
            ON CONFLICT (resource, namespace, name)
            DO UPDATE SET revision = excluded.revision, body = excluded.body
            """;

    private static final String REMOVE =
            """
            DELETE FROM gantry.leases l
            USING unnest(?::text[], ?::text[], ?::text[]) AS t(resource, namespace, name)
            WHERE l.resource = t.resource AND l.namespace = t.namespace AND l.name = t.name
            """;

    private LeaseTable() {}

    /**
     * Two statements at most, whatever the number of leases. The table is unlogged, so they cost no
     * fsync. Should the second fail, the first is repeated with it.
     */
    static void flush(Connection connection, WriteBehind behind) throws SQLException {
        List<StoredObject> written = behind.written();
        if (!written.isEmpty()) {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                bindKeys(connection, put, written.stream().map(StoredObject::key).toList());
                Long[] revisions =
                        written.stream().map(each -> each.revision().value()).toArray(Long[]::new);
                byte[][] bodies = written.stream().map(StoredObject::json).toArray(byte[][]::new);
                put.setArray(4, connection.createArrayOf("bigint", revisions));
                put.setArray(5, connection.createArrayOf("bytea", bodies));
                put.executeUpdate();
            }
        }
        if (!behind.removed().isEmpty()) {
            try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
                bindKeys(connection, remove, behind.removed());
                remove.executeUpdate();
            }
        }
    }

    private static void bindKeys(
            Connection connection, PreparedStatement statement, List<ObjectKey> keys)
            throws SQLException {
        statement.setArray(1, texts(connection, keys, key -> key.resource().toString()));
        statement.setArray(2, texts(connection, keys, ObjectKey::namespace));
        statement.setArray(3, texts(connection, keys, ObjectKey::name));
    }

    private static Array texts(
            Connection connection, List<ObjectKey> keys, Function<ObjectKey, String> part)
            throws SQLException {
        return connection.createArrayOf("text", keys.stream().map(part).toArray(String[]::new));
    }
}
