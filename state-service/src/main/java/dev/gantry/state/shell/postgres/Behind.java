package dev.gantry.state.shell.postgres;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.lease.WriteBehind;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.shell.live.LiveState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** When the memory-first objects are written: once a second, and when leading ends. */
final class Behind {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final WriteBehind dirty = new WriteBehind();
    private final ResourceTraits traits;
    private long lastFlush = System.nanoTime();

    /** The server empties unlogged tables when it crashes, so each term begins with writing all. */
    Behind(LiveState live, ResourceTraits traits) {
        this.traits = traits;
        for (GroupResource resource : live.memory().sizes().keySet()) {
            if (traits.durability(resource) == Durability.MEMORY_FIRST) {
                live.memory().table(resource).all().forEach(dirty::put);
            }
        }
    }

    void note(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            GroupResource resource = entry.object().key().resource();
            if (traits.durability(resource) != Durability.MEMORY_FIRST) {
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
