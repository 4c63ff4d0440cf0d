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
 * Where that goes on for long, the waker rests between them ({@link WakingDebt}): very many watchers
 * then leave half of the machine to requests, and what happens meanwhile reaches each of them in
 * one piece.
 *
 * <p>Invariant: a watcher that does not come back, since its client takes nothing, delays the
 * others once, and by no more than {@code patience}.
 *
 * <p>A ring waits here at most once: more events until its turn wake the same watchers.
 */
final class Waker implements AutoCloseable {
    /** Enough to keep all cores at work; more would only stand in the way of who asks. */
    static final int AT_ONCE = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    static final int STILL_OUT = AT_ONCE / 4;

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
        while (!loop.isClosed()) {
            WatchRing next = rings.take();
            var round = new Round(Thread.currentThread());
            long begin = System.nanoTime();
            boolean hasMore = next.wakeSome(AT_ONCE, round);
            round.await(patience);
            long rest = debt.restAfter(begin, System.nanoTime());
            if (hasMore) {
                rings.add(next);
                if (rest > 0) {
                    LockSupport.parkNanos(this, rest);
                }
            }
        }
    }

    /** Those who were woken together. */
    static final class Round {
        private final Thread waker;
        private final AtomicInteger out = new AtomicInteger();

        Round(Thread waker) {
            this.waker = waker;
        }

        void enter() {
            out.incrementAndGet();
        }

        void leave() {
            if (out.decrementAndGet() == STILL_OUT) {
                LockSupport.unpark(waker);
            }
        }

        private void await(Duration limit) throws InterruptedException {
            long deadline = System.nanoTime() + limit.toNanos();
            while (out.get() > STILL_OUT) {
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
