package dev.gantry.state.shell.live;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.WatchCursor.Closed;
import dev.gantry.state.log.WatchCursor.TooOld;
import dev.gantry.state.watch.WatchWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The window of one resource, and who waits for its next event.
 *
 * <p>Cost: an event wakes the watchers of its own resource only, each once, and outside the lock.
 */
final class WatchRing {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final WatchWindow window;
    private volatile long end;
    private volatile boolean ended;

    /** The waker's own: how many are still to be woken, and because of which end. */
    private int unwoken;

    private long wakenFor;

    WatchRing(WatchWindow window) {
        this.window = window;
    }

    /** False where the waking is asked for already. */
    boolean beginWaking() {
        return waking.compareAndSet(false, true);
    }

    /**
     * Called by the {@link Waker} only. False when all have been woken who waited as that began,
     * unless something was appended since: then it begins again.
     */
    boolean wakeSome(int most, Waker.Round round) {
        if (unwoken == 0) {
            wakenFor = end;
            unwoken = waiters.size();
        }
        for (int i = 0; i < most && unwoken > 0; i++) {
            Waiter next = waiters.poll();
            unwoken = next == null ? 0 : unwoken - 1;
            if (next != null) {
                next.wake(round);
            }
        }
        if (unwoken > 0) {
            return true;
        }
        waking.set(false);
        return end != wakenFor && beginWaking();
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    /** Called by the committer only, who leaves the waking to the {@link Waker}. */
    void append(List<LogEvent> events) {
        lock.writeLock().lock();
        try {
            events.forEach(window::append);
            end = window.end();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** All cursors throw {@link Closed} from now on. */
    void end() {
        ended = true;
        wakeAll();
    }

    Optional<Long> positionAfter(Revision revision) {
        lock.readLock().lock();
        try {
            return window.positionAfter(revision);
        } finally {
            lock.readLock().unlock();
        }
    }

    Revision floor() {
        lock.readLock().lock();
        try {
            return window.floor();
        } finally {
            lock.readLock().unlock();
        }
    }

    List<LogEvent> read(long position, int most) {
        if (ended) {
            throw new Closed("the state was loaded anew");
        }
        if (position >= end) {
            return List.of();
        }
        lock.readLock().lock();
        try {
            return window.read(position, most)
                    .orElseThrow(() -> new TooOld("the watcher fell out of the window of events"));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns once there is something past {@code position}, the waiter is closed, or in time. */
    void await(long position, Waiter waiter, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        waiter.thread = Thread.currentThread();
        while (position >= end && !ended && !waiter.closed) {
            waiter.leaveRound();
            if (!waiter.queued) {
                waiter.queued = true;
                waiters.add(waiter);
                // Appended between the look and the queueing: look again before parking.
                continue;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(waiter, left);
            if (Thread.interrupted()) {
                throw new InterruptedException("the watch was interrupted");
            }
        }
    }

    /** A cursor that left for good, so that an idle ring does not keep it. */
    void forget(Waiter waiter) {
        waiters.remove(waiter);
    }

    private void wakeAll() {
        for (Waiter each = waiters.poll(); each != null; each = waiters.poll()) {
            each.queued = false;
            each.wake();
        }
    }

    /** One waiting cursor. */
    static final class Waiter {
        private volatile Thread thread = Thread.currentThread();
        private volatile boolean queued;
        private volatile boolean closed;
        private final AtomicReference<Waker.@Nullable Round> round = new AtomicReference<>();

        void close() {
            closed = true;
            wake();
        }

        boolean isClosed() {
            return closed;
        }

        private void wake(Waker.Round with) {
            queued = false;
            with.enter();
            enter(with);
            wake();
        }

        private void leaveRound() {
            if (round.get() != null) {
                enter(null);
            }
        }

        /** Leaves the one before. */
        private void enter(Waker.@Nullable Round next) {
            Waker.Round before = round.getAndSet(next);
            if (before != null) {
                before.leave();
            }
        }

        private void wake() {
            LockSupport.unpark(thread);
        }
    }
}
