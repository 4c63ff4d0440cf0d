package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to write: a session's advisory lock, and the epoch that every write checks.
 *
 * <p>The lock makes the holder one, and falls with the session; taking it therefore also means that
 * the last holder's session is over, and its last commit decided. The epoch refuses whoever
 * believes in a lock that it has lost.
 */
final class WriteLease {
    /** "gantry" in ASCII: the same in every database, and each database has its own locks. */
    private static final long LOCK = 0x67616e747279L;

    /**
     * Numbers are promised in blocks, so that those that are never logged are not reused either.
     */
    private static final long BLOCK = 100_000;

    private static final long MARGIN = 20_000;

    /**
     * How far the numbers jump when the server may have lost some: past all that a client can have
     * seen since.
     */
    private static final long JUMP = 1_000_000_000L;

    /**
     * What this replica knows of the numbers beside what the database says.
     *
     * @param given the last one that it has given or seen
     * @param told one that others were told of and the log does not hold; NONE where there is none
     */
    record Known(Revision given, Revision told) {}

    /**
     * @param before the epoch that ended
     * @param last no number up to here may be given again
     * @param restored up to here the history may be another one than others know, since the
     *     database was restored; NONE where it never was
     * @param isRestored whether it was since the epoch before
     */
    record Grant(long epoch, long before, Revision last, Revision restored, boolean isRestored) {}

    private final String holder;
    private long ceiling;

    WriteLease(String holder) {
        this.holder = holder;
    }

    /**
     * Empty where another session holds it. The database was restored if it is on another timeline,
     * came from a dump, or is behind what is known.
     */
    Optional<Grant> take(Connection connection, Known known) throws SQLException {
        if (!lock(connection)) {
            return Optional.empty();
        }
        connection.setAutoCommit(false);
        try {
            Row row = read(connection);
            boolean isRestored = row.isElsewhere() || row.isBehind(known);
            long last = Math.max(row.ceiling, known.given().value());
            long restored = row.restored;
            if (isRestored) {
                last = Math.max(last, known.told().value()) + JUMP;
                restored = last;
            }
            long epoch = row.epoch + 1;
            write(connection, row, last + BLOCK, restored);
            ensurePartitions(connection, last);
            connection.commit();
            ceiling = last + BLOCK;
            return Optional.of(
                    new Grant(
                            epoch,
                            row.epoch,
                            new Revision(last),
                            new Revision(restored),
                            isRestored));
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Promises more numbers where {@code last} comes near the end of the block. */
    void reserve(Connection connection, long epoch, Revision last) throws SQLException {
        if (last.value() + MARGIN < ceiling) {
            return;
        }
        connection.setAutoCommit(false);
        try {
            setCeiling(connection, epoch, last.value() + BLOCK);
            ensurePartitions(connection, last.value());
            connection.commit();
            ceiling = last.value() + BLOCK;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Gives back the numbers that were promised and not used, so that the next term goes on. */
    void release(Connection connection, long epoch, Revision last) throws SQLException {
        setCeiling(connection, epoch, last.value());
        ceiling = last.value();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /** Throws where the session or the epoch is over: to be asked when nothing is written. */
    void check(Connection connection, long epoch) throws SQLException {
        if (isOverruled(connection, epoch)) {
            throw new LostLease("the write lease has passed to another epoch: " + epoch);
        }
    }

    /** Whether an epoch has begun since. */
    boolean isOverruled(Connection connection, long epoch) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM gantry.write_lease WHERE epoch = ?")) {
            statement.setLong(1, epoch);
            try (ResultSet found = statement.executeQuery()) {
                return !found.next();
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    private static Row read(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT epoch, ceiling, restored, timeline, database_id,
                                       left(pg_walfile_name(pg_current_wal_lsn()), 8)
                                           AS timeline_now,
                                       (SELECT concat_ws('/', system_identifier, d.oid,
                                                         'gantry.write_lease'::regclass::oid)
                                        FROM pg_control_system(), pg_database d
                                        WHERE d.datname = current_database())
                                           AS database_now
                                FROM gantry.write_lease FOR UPDATE
                                """);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return new Row(
                    found.getLong("epoch"),
                    found.getLong("ceiling"),
                    found.getLong("restored"),
                    new Place(found.getString("timeline"), found.getString("database_id")),
                    new Place(found.getString("timeline_now"), found.getString("database_now")));
        }
    }

    private void write(Connection connection, Row before, long newCeiling, long restored)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        UPDATE gantry.write_lease
                        SET epoch = ?, ceiling = ?, restored = ?, timeline = ?, database_id = ?,
                            holder = ?, taken = now()
                        """)) {
            statement.setLong(1, before.epoch + 1);
            statement.setLong(2, newCeiling);
            statement.setLong(3, restored);
            statement.setString(4, before.now.timeline);
            statement.setString(5, before.now.database);
            statement.setString(6, holder);
            statement.executeUpdate();
        }
    }

    private static void setCeiling(Connection connection, long epoch, long newCeiling)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE gantry.write_lease SET ceiling = ? WHERE epoch = ?")) {
            statement.setLong(1, newCeiling);
            statement.setLong(2, epoch);
            if (statement.executeUpdate() == 0) {
                throw new LostLease("the write lease has passed to another epoch: " + epoch);
            }
        }
    }

    private static void ensurePartitions(Connection connection, long last) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT gantry.ensure_revisions(?, ?)")) {
            statement.setLong(1, last + 1);
            statement.setLong(2, last + BLOCK);
            statement.execute();
        }
    }

    /** Which history the server goes on with; empty texts are not known yet. */
    private record Place(String timeline, String database) {}

    private record Row(long epoch, long ceiling, long restored, Place before, Place now) {
        boolean isElsewhere() {
            return isAnother(before.timeline, now.timeline)
                    || isAnother(before.database, now.database);
        }

        boolean isBehind(Known known) {
            return known.given().value() > ceiling || known.told().value() > restored;
        }

        private static boolean isAnother(String before, String now) {
            return !before.isEmpty() && !before.equals(now);
        }
    }
}
