package dev.gantry.state.shell.postgres;

import dev.gantry.state.memory.Memory;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches that were sent and are not known to be durable, in their order.
 *
 * <pre>
 *   oldest: written, being flushed | written since | being written: at most one
 * </pre>
 *
 * <p>The committer adds them at the end. The flusher removes them from the beginning while this is
 * open; what an outage leaves is the committer's to settle.
 */
final class InFlight {
    /** One that is being flushed, and one that waits for the next flush. */
    private static final int MOST_WRITTEN = 2;

    private final ReentrantLock lock = new ReentrantLock();

    /** For the flusher. */
    private final Condition hasWritten = lock.newCondition();

    /** For the committer. */
    private final Condition hasRoom = lock.newCondition();

    private final Deque<SentBatch> sent = new ArrayDeque<>();
    private boolean isOpen;
    private boolean isLastWritten = true;
    private @Nullable SQLException fault;

    void open() {
        locked(
                () -> {
                    isOpen = true;
                    isLastWritten = true;
                    fault = null;
                    hasWritten.signal();
                });
    }

    void close() {
        locked(
                () -> {
                    isOpen = false;
                    hasRoom.signal();
                });
    }

    /** It is about to be written. */
    void send(SentBatch batch) {
        locked(
                () -> {
                    sent.addLast(batch);
                    isLastWritten = false;
                });
    }

    /** The last one was written. */
    void noteWritten() {
        locked(
                () -> {
                    isLastWritten = true;
                    hasWritten.signal();
                });
    }

    /** The last one was not written. */
    void retract() {
        locked(
                () -> {
                    sent.removeLast();
                    isLastWritten = true;
                });
    }

    void removeFirst() {
        locked(
                () -> {
                    sent.removeFirst();
                    hasRoom.signal();
                });
    }

    /** What was written cannot be made durable. */
    void fail(SQLException why) {
        locked(
                () -> {
                    isOpen = false;
                    fault = why;
                    hasRoom.signal();
                });
    }

    void throwIfFailed() throws SQLException {
        lock.lock();
        try {
            if (fault != null) {
                throw fault;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where the first one has waited too long, all who wait are let go. */
    void giveUpOverdue(String why) {
        locked(
                () -> {
                    SentBatch first = sent.peekFirst();
                    if (first != null && first.isOverdue()) {
                        sent.forEach(each -> each.giveUp(why));
                    }
                });
    }

    Optional<SentBatch> first() {
        lock.lock();
        try {
            return Optional.ofNullable(sent.peekFirst());
        } finally {
            lock.unlock();
        }
    }

    /** The memory as the last batch leaves it; empty where there is none. */
    Optional<Memory> memoryAhead() {
        lock.lock();
        try {
            return Optional.ofNullable(sent.peekLast()).map(last -> last.batch().after());
        } finally {
            lock.unlock();
        }
    }

    /** Returns once something is written and this is open. */
    void awaitWritten() throws InterruptedException {
        lock.lock();
        try {
            while (!isOpen || countWritten() == 0) {
                hasWritten.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All that are written; none where this is closed. */
    List<SentBatch> written() {
        lock.lock();
        try {
            return isOpen ? sent.stream().limit(countWritten()).toList() : List.of();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns once a further batch would be flushed by the next flush but one at the latest.
     *
     * <p>Cost: what comes while two are waiting goes together in one batch; writing it at once
     * would make it durable no sooner, and cost a statement more.
     */
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (sent.size() >= MOST_WRITTEN && isOpen) {
                hasRoom.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns once all are durable, or cannot be made so. */
    void awaitEmpty() throws InterruptedException {
        lock.lock();
        try {
            while (!sent.isEmpty() && isOpen) {
                hasRoom.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private int countWritten() {
        return sent.size() - (isLastWritten ? 0 : 1);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
