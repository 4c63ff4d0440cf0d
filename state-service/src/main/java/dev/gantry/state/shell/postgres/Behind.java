package dev.gantry.state.shell.postgres;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.state.lease.Keeping;
import dev.gantry.state.lease.WriteBehind;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.shell.live.LiveState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** When the memory-first objects are written: once a second, and when leading ends. */
final class Behind {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final WriteBehind dirty = new WriteBehind();
    private long lastFlush = System.nanoTime();

    /** The server empties unlogged tables when it crashes, so each term begins with writing all. */
    Behind(LiveState live) {
        live.memory().table(Resources.LEASES).all().forEach(dirty::put);
    }

    void note(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (Keeping.of(entry.object().key().resource()) != Keeping.MEMORY_FIRST) {
                continue;
            }
            if (entry.event().type() == Type.DELETED) {
                dirty.remove(entry.object().key());
            } else {
                dirty.put(entry.object());
            }
        }
    }

    boolean isDue() {
        return System.nanoTime() - lastFlush >= EVERY.toNanos();
    }

    void flush(Connection connection) throws SQLException {
        lastFlush = System.nanoTime();
        if (!dirty.isEmpty()) {
            LeaseTable.flush(connection, dirty);
            dirty.clear();
        }
    }
}
