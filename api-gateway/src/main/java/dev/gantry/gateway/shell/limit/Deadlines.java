package dev.gantry.gateway.shell.limit;

import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers requests whose time is up; what they asked for goes on to its own end. */
public final class Deadlines implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMillis(250);

    /** A request under way. */
    public static final class Running {
        private final long endNanos;
        private final RequestKind kind;
        private final Runnable onExpiry;

        private Running(long endNanos, RequestKind kind, Runnable onExpiry) {
            this.endNanos = endNanos;
            this.kind = kind;
            this.onExpiry = onExpiry;
        }
    }

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Loop loop = new Loop("gateway-deadlines", this::watch);

    public Deadlines start() {
        loop.start();
        return this;
    }

    /** Cost: one set entry a request, instead of a timer each. */
    public Running begin(Duration limit, RequestKind kind, Runnable onExpiry) {
        Running begun = new Running(System.nanoTime() + limit.toNanos(), kind, onExpiry);
        running.add(begun);
        return begun;
    }

    public void end(Running ended) {
        running.remove(ended);
    }

    public int count(RequestKind kind) {
        int found = 0;
        for (Running each : running) {
            found += each.kind == kind ? 1 : 0;
        }
        return found;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void watch() throws InterruptedException {
        while (loop.pause(ROUND)) {
            long now = System.nanoTime();
            for (Running each : running) {
                if (now - each.endNanos > 0 && running.remove(each)) {
                    each.onExpiry.run();
                }
            }
        }
    }
}
