package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands committed batches from the committer to the relay without ever holding the committer up:
 * what does not fit is left out, and the relay sees the gap and reads the log instead.
 */
final class Handover {
    private static final int MOST_BATCHES = 1000;

    private final ArrayBlockingQueue<Batch> batches = new ArrayBlockingQueue<>(MOST_BATCHES);

    /**
     * @param before the last durable revision before the entries
     */
    record Batch(Revision before, List<LogEntry> entries) {}

    void offer(Revision before, List<LogEntry> entries) {
        batches.offer(new Batch(before, entries));
    }

    @Nullable Batch poll(Duration limit) throws InterruptedException {
        return batches.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }
}
