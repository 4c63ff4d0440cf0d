package dev.gantry.state.shell.live;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.memory.Memory;
import dev.gantry.state.watch.WatchWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The memory that readers see, and the rings that watchers read. One thread publishes. */
public final class LiveState implements AutoCloseable {
    /** How much of the past a ring keeps. */
    public record WindowSize(int events, long bytes) {}

    private static final Duration WAKERS_PATIENCE = Duration.ofMillis(2);

    private final Backfill backfill;
    private final WindowSize windowSize;
    private final Object arrival = new Object();
    private final Waker waker = new Waker(WAKERS_PATIENCE).start();
    private volatile Map<GroupResource, WatchRing> rings = new ConcurrentHashMap<>();
    private volatile Memory memory = Memory.empty(Revision.NONE);
    private volatile Revision watchable = Revision.NONE;
    private volatile Revision beginning = Revision.NONE;
    private int awaiting;

    public LiveState(Backfill backfill, WindowSize windowSize) {
        this.backfill = backfill;
        this.windowSize = windowSize;
    }

    public Memory memory() {
        return memory;
    }

    /**
     * Makes a durable batch visible: first to readers, then to watchers, so that whoever saw an
     * event finds its object.
     */
    public void publish(Memory after, List<LogEntry> entries) {
        memory = after;
        Map<GroupResource, List<LogEvent>> perResource = new LinkedHashMap<>();
        for (LogEntry entry : entries) {
            perResource
                    .computeIfAbsent(entry.object().key().resource(), _ -> new ArrayList<>())
                    .add(entry.event());
        }
        perResource.forEach((resource, events) -> ring(resource).append(events));
        watchable = after.revision();
        perResource.keySet().forEach(resource -> waker.wake(ring(resource)));
        announce();
    }

    /** Takes a memory that does not follow from the last one: all watches end. */
    public void reset(Memory loaded) {
        Map<GroupResource, WatchRing> before = rings;
        beginning = loaded.revision();
        rings = new ConcurrentHashMap<>();
        memory = loaded;
        watchable = loaded.revision();
        before.values().forEach(WatchRing::end);
        announce();
    }

    /**
     * Throws TooOld also for a revision that is still to come: no client can have seen it, unless
     * the state went back in time, and then waiting for it would leave the client in the dark.
     */
    public WatchCursor watch(GroupResource resource, Revision after) {
        if (after.isAfter(memory.revision())) {
            throw new WatchCursor.TooOld(
                    "no such resource version yet: %s (%s)".formatted(after, memory.revision()));
        }
        while (true) {
            Map<GroupResource, WatchRing> current = rings;
            WatchRing ring = ring(resource);
            // A ring that is in the current map here will be ended by a reset that comes later.
            if (current == rings) {
                return new RingCursor(resource, this, ring, after);
            }
        }
    }

    public boolean awaitRevision(Revision wanted, Duration limit) throws InterruptedException {
        if (!wanted.isAfter(memory.revision())) {
            return true;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (arrival) {
            awaiting++;
            try {
                while (wanted.isAfter(memory.revision())) {
                    long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                    if (leftMillis <= 0) {
                        return false;
                    }
                    arrival.wait(leftMillis);
                }
                return true;
            } finally {
                awaiting--;
            }
        }
    }

    @Override
    public void close() {
        rings.values().forEach(WatchRing::end);
        waker.close();
    }

    /** All events up to here are in the rings. */
    Revision watchable() {
        return watchable;
    }

    Backfill backfill() {
        return backfill;
    }

    private WatchRing ring(GroupResource resource) {
        return rings.computeIfAbsent(resource, _ -> new WatchRing(newWindow()));
    }

    /** Invariant: a ring that is made late misses nothing, since no event made it before. */
    private WatchWindow newWindow() {
        return new WatchWindow(windowSize.events(), windowSize.bytes(), beginning);
    }

    private void announce() {
        synchronized (arrival) {
            if (awaiting > 0) {
                arrival.notifyAll();
            }
        }
    }
}
