package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** How far the change feed is. What is lost of it in a crash only makes the relay repeat itself. */
public final class RelayPosition {
    private final DataSource database;

    public RelayPosition(DataSource database) {
        this.database = database;
    }

    public Revision read() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT revision FROM gantry.relay_position");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Revision(row.getLong(1));
        }
    }

    public void save(Revision reached) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "UPDATE gantry.relay_position SET revision = ?")) {
            statement.setLong(1, reached.value());
            statement.executeUpdate();
        }
    }
}
