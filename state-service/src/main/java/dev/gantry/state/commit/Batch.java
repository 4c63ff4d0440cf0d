package dev.gantry.state.commit;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.Memory;
import java.time.Instant;
import java.util.List;

/**
 * Numbered changes that are made durable together or not at all.
 *
 * @param outcomes one per group, in the order of the groups: what each is told once the batch is
 *     durable
 * @param after the memory once it is
 * @param last the last number given, or the last before where none was
 * @param lastTime of the last entry: what follows is never dated before it
 */
public record Batch(
        List<LogEntry> entries,
        List<CommitOutcome> outcomes,
        Memory after,
        Revision last,
        Instant lastTime) {}
