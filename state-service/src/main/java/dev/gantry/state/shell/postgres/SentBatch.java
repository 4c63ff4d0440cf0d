package dev.gantry.state.shell.postgres;

import dev.gantry.state.commit.Batch;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.OutcomeUnknown;
import java.time.Duration;
import java.util.List;

/**
 * A batch on its way into the log, and who waits for it.
 *
 * @param durable those of its entries that are written; empty where it lives in memory only
 */
record SentBatch(Batch batch, List<Submission> groups, List<LogEntry> durable, long sentNanos) {
    /** How long a writer waits to hear what became of its batch while the database is away. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    boolean isOverdue() {
        return System.nanoTime() - sentNanos > LONGEST_WAIT.toNanos();
    }

    void refuse(String why) {
        groups.forEach(each -> each.refuse(why));
    }

    /** Those who wait hear that nobody knows; what became of it is found out all the same. */
    void giveUp(String why) {
        var unknown = new OutcomeUnknown(why);
        groups.forEach(each -> each.outcome().completeExceptionally(unknown));
    }
}
