package dev.gantry.client.controller;

import dev.gantry.client.queue.Backoff;
import dev.gantry.client.queue.QueueWatcher;
import dev.gantry.client.queue.WorkQueue;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which keys of one controller are to be reconciled, and when.
 *
 * <p>Pure but mutable: exactly one thread (or one lock) owns it, and time comes in as an argument.
 *
 * <p>Invariant: a key is reconciled only when the cache shows what was last written for it, and
 * what those who led before wrote as far as that counts; and not more often than {@link WritePace}
 * allows.
 */
public final class ReconcileQueue {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(20), Duration.ofSeconds(30));
    private static final Duration UNSEEN = Duration.ofMillis(100);

    private final WorkQueue<ObjectKey> queue;
    private final Map<ObjectKey, Expectations> expected = new HashMap<>();
    private final WritePace pace = new WritePace();
    private Expectations others = new Expectations();

    public ReconcileQueue() {
        this(QueueWatcher.none());
    }

    public ReconcileQueue(QueueWatcher<ObjectKey> watcher) {
        this.queue = new WorkQueue<>(watcher);
    }

    public void add(ObjectKey key) {
        queue.add(key);
    }

    /**
     * No key is reconciled before the cache shows this.
     *
     * @param writes of those who led before
     */
    public void awaitFirst(Expectations writes) {
        others = writes;
    }

    /** The next key that is due, marked as being worked on until it is done or has failed. */
    public Optional<ObjectKey> take(Instant now) {
        return queue.take(now);
    }

    public Optional<Instant> nextWakeUp() {
        return queue.nextWakeUp();
    }

    /**
     * Whether the key may be reconciled; if not, when to ask again.
     *
     * @param newest the newest revision of each resource that the cache has
     */
    public Optional<Instant> heldUntil(
            ObjectKey key,
            ClusterReader cache,
            Function<GroupResource, Revision> newest,
            Instant now) {
        Expectations own = expected.get(key);
        boolean isBehind = own != null && !own.isSeenBy(cache, newest);
        if (isBehind || !others.isSeenBy(cache, newest)) {
            return Optional.of(now.plus(UNSEEN));
        }
        expected.remove(key);
        Optional<Instant> rest = pace.restsUntil(key, now);
        if (rest.isEmpty()) {
            // Cost: each look says itself when the next one is due; else half of them were empty.
            queue.forgetWakeUp(key);
        }
        return rest;
    }

    /** To be told what is written for the key from now on. */
    public Expectations expecting(ObjectKey key, Instant now) {
        pace.wrote(key, now);
        var writes = new Expectations();
        expected.put(key, writes);
        return writes;
    }

    /**
     * @param again when the key is to be reconciled without a change
     */
    public void done(ObjectKey key, Optional<Instant> again) {
        again.ifPresent(when -> queue.addAt(key, when));
        queue.done(key);
    }

    /** It comes back after a back-off. */
    public void failed(ObjectKey key, Instant now) {
        queue.failed(key, BACKOFF, now);
    }
}
