package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the log what is in it. */
final class LogProbe {
    private static final String ROW =
            """
            SELECT EXISTS (SELECT FROM gantry.revisions WHERE revision = ?)
                OR EXISTS (SELECT FROM gantry.events WHERE revision = ?)
            """;

    /** What is older than the log, or was told before a restore, it need not hold. */
    private static final String UNKNOWN =
            """
            SELECT max(t.revision) AS newest
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
                 AS t(revision, resource, namespace, name)
            WHERE t.revision > (SELECT greatest(f.revision, l.restored)
                                FROM gantry.history_floor f, gantry.write_lease l)
              AND NOT EXISTS (
                  SELECT FROM gantry.revisions r
                  WHERE r.revision = t.revision AND r.resource = t.resource
                    AND r.namespace = t.namespace AND r.name = t.name)
            """;

    private LogProbe() {}

    /** Whether a batch is in it; one row tells, since a batch is written whole. */
    static boolean holds(Connection connection, List<LogEntry> durable) throws SQLException {
        Revision first = durable.getFirst().revision();
        try (PreparedStatement statement = connection.prepareStatement(ROW)) {
            statement.setLong(1, first.value());
            statement.setLong(2, first.value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The newest of these changes that should be in the log and is not. */
    static Optional<Revision> unknown(Connection connection, Map<ObjectKey, Revision> changes)
            throws SQLException {
        List<Long> revisions = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        List<String> namespaces = new ArrayList<>();
        List<String> names = new ArrayList<>();
        changes.forEach(
                (key, revision) -> {
                    revisions.add(revision.value());
                    resources.add(key.resource().toString());
                    namespaces.add(key.namespace());
                    names.add(key.name());
                });
        try (PreparedStatement statement = connection.prepareStatement(UNKNOWN)) {
            statement.setArray(1, connection.createArrayOf("bigint", revisions.toArray()));
            statement.setArray(2, connection.createArrayOf("text", resources.toArray()));
            statement.setArray(3, connection.createArrayOf("text", namespaces.toArray()));
            statement.setArray(4, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long newest = row.getLong("newest");
                return newest == 0 ? Optional.empty() : Optional.of(new Revision(newest));
            }
        }
    }
}
