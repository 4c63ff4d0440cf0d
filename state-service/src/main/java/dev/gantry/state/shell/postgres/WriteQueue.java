package dev.gantry.state.shell.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Groups that wait for the committer: bounded, and closed whenever nothing can be committed, so
 * that a writer hears at once and does not wait out an outage.
 */
final class WriteQueue {
    private static final int MOST_GROUPS = 1000;
    private static final long MOST_BYTES = 4 << 20;

    private final ArrayBlockingQueue<Submission> waiting;
    private volatile String closedFor = "the state is being loaded";
    private volatile boolean open;

    WriteQueue(int limit) {
        this.waiting = new ArrayBlockingQueue<>(limit);
    }

    boolean isOpen() {
        return open;
    }

    synchronized void open() {
        open = true;
        notifyAll();
    }

    synchronized boolean awaitOpen(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!open) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    /** Refuses what waits and what comes. */
    void close(String why) {
        closedFor = why;
        open = false;
        refuseAll();
    }

    Submission put(Submission submission) {
        if (!open) {
            submission.refuse(closedFor);
        } else if (!waiting.offer(submission)) {
            submission.refuse("too many writes are waiting to be committed");
        } else if (!open) {
            // Closed between the look and the offer: whoever closed may have missed this one.
            refuseAll();
        }
        return submission;
    }

    /** What came since the last batch, or what comes within {@code limit}; else nothing. */
    List<Submission> take(Duration limit) throws InterruptedException {
        List<Submission> taken = new ArrayList<>();
        Submission next = waiting.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        long bytes = 0;
        while (next != null) {
            taken.add(next);
            bytes += next.bytes();
            boolean isFull = taken.size() >= MOST_GROUPS || bytes >= MOST_BYTES;
            next = isFull ? null : waiting.poll();
        }
        return taken;
    }

    private void refuseAll() {
        for (Submission each = waiting.poll(); each != null; each = waiting.poll()) {
            each.refuse(closedFor);
        }
    }
}
