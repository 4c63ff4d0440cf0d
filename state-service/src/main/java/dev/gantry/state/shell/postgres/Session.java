package dev.gantry.state.shell.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the committer's connection is set, and when it is given up. */
final class Session {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Executor AT_ONCE = Runnable::run;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private Session() {}

    static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(AT_ONCE, (int) PATIENCE.toMillis());
        try (Statement statement = connection.createStatement()) {
            // Acknowledged means fsynced, whatever the server's default. A vanished client's
            // session
            // must end soon, since the write lease hangs on it.
            statement.execute(
                    """
                    SET synchronous_commit = on;
                    SET tcp_keepalives_idle = 5;
                    SET tcp_keepalives_interval = 2;
                    SET tcp_keepalives_count = 3;
                    SET client_connection_check_interval = '2s'
                    """);
        }
    }

    /**
     * From here on the connection writes batches. Their statement is planned once, for few rows
     * against large tables: by index, whatever young statistics say, and not again for each batch,
     * as the server does while it believes that this pays. What is large enough to be compressed is
     * so by the faster way where the server was built with it.
     */
    static void prepareForBatches(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    SET enable_seqscan = off;
                    SET enable_hashjoin = off;
                    SET enable_mergejoin = off;
                    SET jit = off;
                    SET plan_cache_mode = force_generic_plan;
                    SELECT set_config(name, 'lz4', false) FROM pg_settings
                    WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
                    """);
        }
    }

    /**
     * The connection goes back to a pool: without the write lease, and set as others expect it. A
     * broken one has nothing to give back.
     */
    static void leave(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all(); RESET ALL");
        } catch (SQLException broken) {
            LOG.debug("the committer's connection was broken: {}", broken.toString());
        }
    }

    /**
     * Whether the outcome of what failed is unknown: the server's refusal would have been an
     * answer.
     */
    static boolean isLost(Connection connection, SQLException fault) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        // 25006: the server we are connected to has become a standby.
        boolean isOfConnection =
                state.isEmpty()
                        || state.startsWith("08")
                        || state.startsWith("57P")
                        || state.equals("25006");
        if (isOfConnection) {
            return true;
        }
        try {
            return connection.isClosed();
        } catch (SQLException alsoLost) {
            fault.addSuppressed(alsoLost);
            return true;
        }
    }
}
