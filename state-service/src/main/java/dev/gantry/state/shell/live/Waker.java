package dev.gantry.state.shell.live;

import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the watchers, so that the committer need not: with thousands of them it takes milliseconds.
 *
 * <p>A few at a time, ring by ring: the next are woken when most of those before wait again, which
 * they do once their frames are encrypted. Threads that answer requests share carriers and event
 * loops with watchers, and each of them then waits for a few frames, not for one of every watcher.
 * Where that goes on for long, they become fewer, and the waker rests between them ({@link
 * WakingDebt}): very many watchers then leave half of the machine to requests, and what happens
 * meanwhile reaches each of them in one piece.
 *
 * <p>Invariant: a watcher that does not come back, since its client takes nothing, delays the
 * others once, and by no more than {@code patience}.
 *
 * <p>A ring waits here at most once: more events until its turn wake the same watchers.
 */
final class Waker implements AutoCloseable {
    /** What a request may have to wait for, now and then. */
    static final int AT_ONCE = 16 * Runtime.getRuntime().availableProcessors();

    /** Enough to keep all cores at work; more would only stand in the way of who asks. */
    private static final int AT_ONCE_FOR_LONG =
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /** Two events that a hundred watchers hear, or so: they are not kept waiting. */
    private static final Duration CREDIT = Duration.ofMillis(10);

    private final LinkedBlockingQueue<WatchRing> rings = new LinkedBlockingQueue<>();
    private final Duration patience;
    private final Loop loop = new Loop("watch-waker", this::run);

    Waker(Duration patience) {
        this.patience = patience;
    }

    Waker start() {
        loop.start();
        return this;
    }

    void wake(WatchRing ring) {
        // A watcher that queues after this look has seen the event by its own second look.
        if (ring.hasWaiters() && ring.beginWaking()) {
            rings.add(ring);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        var debt = new WakingDebt(CREDIT, System.nanoTime());
        boolean isLong = false;
        while (!loop.isClosed()) {
            WatchRing next = rings.take();
            int atOnce = isLong ? AT_ONCE_FOR_LONG : AT_ONCE;
            var round = new Round(Thread.currentThread(), stillOut(atOnce));
            long begin = System.nanoTime();
            boolean hasMore = next.wakeSome(atOnce, round);
            round.await(patience);
            long rest = debt.restAfter(begin, System.nanoTime());
            isLong = hasMore && rest > 0;
            if (hasMore) {
                rings.add(next);
            }
            if (isLong) {
                LockSupport.parkNanos(this, rest);
            }
        }
    }

    /** So many of those who were woken may not wait again yet when the next are woken. */
    static int stillOut(int atOnce) {
        return atOnce / 4;
    }

    /** Those who were woken together. */
    static final class Round {
        private final Thread waker;
        private final int stillOut;
        private final AtomicInteger out = new AtomicInteger();

        Round(Thread waker, int stillOut) {
            this.waker = waker;
            this.stillOut = stillOut;
        }

        void enter() {
            out.incrementAndGet();
        }

        void leave() {
            if (out.decrementAndGet() == stillOut) {
                LockSupport.unpark(waker);
            }
        }

        private void await(Duration limit) throws InterruptedException {
            long deadline = System.nanoTime() + limit.toNanos();
            while (out.get() > stillOut) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("the waker was interrupted");
                }
            }
        }
    }
}
