package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Asks the log whether a batch is in it; one row tells, since a batch is written whole. */
final class LogProbe {
    private static final String ROW =
            """
            SELECT EXISTS (SELECT FROM gantry.revisions WHERE revision = ?)
                OR EXISTS (SELECT FROM gantry.events WHERE revision = ?)
            """;

    private LogProbe() {}

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
}
