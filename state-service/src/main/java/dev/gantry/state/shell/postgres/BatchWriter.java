package dev.gantry.state.shell.postgres;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes batches on the committer's connection. */
final class BatchWriter {
    private final RowCodec codec;
    private final Set<LocalDate> daysMade = new HashSet<>();

    BatchWriter(RowCodec codec) {
        this.codec = codec;
    }

    /** Only what is durable is written; the rest of a batch lives in memory. */
    List<LogEntry> durable(List<LogEntry> entries) {
        return entries.stream()
                .filter(each -> codec.durability(each.object()) != Durability.MEMORY_FIRST)
                .toList();
    }

    /**
     * Returns once all is fsynced.
     *
     * @throws LostLease where another epoch has begun; nothing was written then
     */
    void write(Connection connection, long epoch, List<LogEntry> entries) throws SQLException {
        var rows = new Rows(entries);
        makeDays(connection, entries);
        try (PreparedStatement statement = connection.prepareStatement(rows.sql().text())) {
            statement.setLong(1, epoch);
            rows.bind(connection, statement);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                if (found.getLong(1) == 0) {
                    throw new LostLease("the write lease has passed to another epoch: " + epoch);
                }
            }
        }
    }

    /** Another replica may have dropped partitions that this one made. */
    void forgetDays() {
        daysMade.clear();
    }

    private void makeDays(Connection connection, List<LogEntry> entries) throws SQLException {
        Set<LocalDate> missing = new TreeSet<>();
        for (LogEntry entry : entries) {
            if (codec.durability(entry.object()) == Durability.EVENTS) {
                missing.add(LocalDate.ofInstant(entry.time(), ZoneOffset.UTC));
            }
        }
        missing.removeAll(daysMade);
        for (LocalDate day : missing) {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT gantry.ensure_events(?::date)")) {
                statement.setString(1, day.toString());
                statement.execute();
            }
            daysMade.add(day);
        }
    }

    /** The columns of a batch. */
    private final class Rows {
        private final Long[] revision;
        private final String[] resource;
        private final String[] namespace;
        private final String[] name;
        private final String[] uid;
        private final String[] type;
        private final Long[] previous;
        private final String[] actor;
        private final Long[] micros;
        private final byte[][] body;
        private final byte[] @Nullable [] sealed;
        private final Long[] reportSequence;
        private final Short[] place;
        private final Set<BatchSql.Place> places = new HashSet<>();

        Rows(List<LogEntry> entries) {
            int count = entries.size();
            revision = new Long[count];
            resource = new String[count];
            namespace = new String[count];
            name = new String[count];
            uid = new String[count];
            type = new String[count];
            previous = new Long[count];
            actor = new String[count];
            micros = new Long[count];
            body = new byte[count][];
            sealed = new byte[count][];
            reportSequence = new Long[count];
            place = new Short[count];
            Map<ObjectKey, Integer> last = new HashMap<>();
            for (int row = 0; row < count; row++) {
                last.put(entries.get(row).object().key(), row);
            }
            for (int row = 0; row < count; row++) {
                LogEntry entry = entries.get(row);
                set(row, entry);
                setPlace(row, entry, Objects.equals(last.get(entry.object().key()), row));
            }
        }

        BatchSql sql() {
            boolean hasEvents = places.contains(BatchSql.Place.EVENT);
            return new BatchSql(
                    places.size() > (hasEvents ? 1 : 0),
                    hasEvents,
                    places.contains(BatchSql.Place.LOG_AND_REMOVE));
        }

        void bind(Connection connection, PreparedStatement statement) throws SQLException {
            int at = 2;
            statement.setArray(at++, connection.createArrayOf("bigint", revision));
            statement.setArray(at++, connection.createArrayOf("text", resource));
            statement.setArray(at++, connection.createArrayOf("text", namespace));
            statement.setArray(at++, connection.createArrayOf("text", name));
            statement.setArray(at++, connection.createArrayOf("text", uid));
            statement.setArray(at++, connection.createArrayOf("text", type));
            statement.setArray(at++, connection.createArrayOf("bigint", previous));
            statement.setArray(at++, connection.createArrayOf("text", actor));
            statement.setArray(at++, connection.createArrayOf("bigint", micros));
            statement.setArray(at++, connection.createArrayOf("bytea", body));
            statement.setArray(at++, connection.createArrayOf("bytea", sealed));
            statement.setArray(at++, connection.createArrayOf("bigint", reportSequence));
            statement.setArray(at, connection.createArrayOf("smallint", place));
        }

        private void set(int row, LogEntry entry) {
            var object = (EncodedObject) entry.object();
            revision[row] = entry.revision().value();
            resource[row] = object.key().resource().toString();
            namespace[row] = object.key().namespace();
            name[row] = object.key().name();
            uid[row] = object.facts().uid().value();
            type[row] = entry.event().type().name();
            previous[row] = entry.previous().value();
            actor[row] = entry.actor();
            micros[row] = ChronoUnit.MICROS.between(Instant.EPOCH, entry.time());
            body[row] = codec.body(object);
            sealed[row] = codec.sealed(object);
            if (entry.event().type() == Type.DELETED && sealed[row] != null) {
                codec.forget(object.key());
            }
            reportSequence[row] = object.reportSequence();
        }

        private void setPlace(int row, LogEntry entry, boolean isLast) {
            BatchSql.Place found = BatchSql.Place.LOG_ONLY;
            if (codec.durability(entry.object()) == Durability.EVENTS) {
                found = BatchSql.Place.EVENT;
            } else if (isLast) {
                found =
                        entry.event().type() == Type.DELETED
                                ? BatchSql.Place.LOG_AND_REMOVE
                                : BatchSql.Place.LOG_AND_PUT;
            }
            place[row] = (short) found.ordinal();
            places.add(found);
        }
    }
}
