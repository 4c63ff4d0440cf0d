package dev.gantry.state.shell.live;

import dev.gantry.client.shell.loop.Loop;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Wakes the watchers, so that the committer need not: with thousands of them it takes milliseconds.
 *
 * <p>A ring waits here at most once: more events until its turn wake the same watchers.
 */
final class Waker implements AutoCloseable {
    private final LinkedBlockingQueue<WatchRing> rings = new LinkedBlockingQueue<>();
    private final Loop loop = new Loop("watch-waker", this::run);

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
        while (!loop.isClosed()) {
            WatchRing next = rings.take();
            next.endWaking();
            next.wakeAll();
        }
    }
}
