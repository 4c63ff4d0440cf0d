package dev.gantry.client.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys to be worked on: each at most once, none while it is being worked on, some only later.
 *
 * <p>Pure but mutable: exactly one thread (or one lock) owns it, and time comes in as an argument.
 *
 * <pre>
 *   add(k) ──► ready ──take──► working ──done(k)──► (gone, or ready again if added meanwhile)
 *   addAt(k, t) ──► waiting ──t passes──► ready
 * </pre>
 */
public final class WorkQueue<K> {
    private final QueueWatcher<K> watcher;
    private final Set<K> ready = new LinkedHashSet<>();
    private final Set<K> working = new HashSet<>();
    private final Set<K> dirty = new HashSet<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final Map<K, Instant> waiting = new HashMap<>();
    private final TreeMap<Instant, Set<K>> wakeUps = new TreeMap<>();

    public WorkQueue() {
        this(QueueWatcher.none());
    }

    public WorkQueue(QueueWatcher<K> watcher) {
        this.watcher = watcher;
    }

    public void add(K key) {
        boolean isNew = working.contains(key) ? dirty.add(key) : ready.add(key);
        if (isNew) {
            watcher.added(key);
        }
    }

    /** The earlier of several wake-ups of one key wins. */
    public void addAt(K key, Instant when) {
        watcher.retried(key);
        Instant before = waiting.get(key);
        if (before != null && !when.isBefore(before)) {
            return;
        }
        forget(key, before);
        waiting.put(key, when);
        wakeUps.computeIfAbsent(when, _ -> new LinkedHashSet<>()).add(key);
    }

    /** What the key was to come back for is done before its time. */
    public void forgetWakeUp(K key) {
        forget(key, waiting.remove(key));
    }

    /** The next key that is due, marked as being worked on. */
    public Optional<K> take(Instant now) {
        while (!wakeUps.isEmpty() && !wakeUps.firstKey().isAfter(now)) {
            for (K key : wakeUps.pollFirstEntry().getValue()) {
                waiting.remove(key);
                add(key);
            }
        }
        var first = ready.iterator();
        if (!first.hasNext()) {
            return Optional.empty();
        }
        K key = first.next();
        first.remove();
        working.add(key);
        watcher.taken(key);
        return Optional.of(key);
    }

    /** The work on {@code key} went well. */
    public void done(K key) {
        failures.remove(key);
        release(key);
    }

    /** The work on {@code key} failed: it comes back after a back-off. */
    public void failed(K key, Backoff backoff, Instant now) {
        int count = failures.merge(key, 1, Integer::sum);
        addAt(key, backoff.next(count, now));
        release(key);
    }

    public Optional<Instant> nextWakeUp() {
        return wakeUps.isEmpty() ? Optional.empty() : Optional.of(wakeUps.firstKey());
    }

    public boolean isIdle() {
        return ready.isEmpty() && working.isEmpty();
    }

    private void release(K key) {
        working.remove(key);
        watcher.done(key);
        if (dirty.remove(key)) {
            ready.add(key);
        }
    }

    private void forget(K key, @org.jspecify.annotations.Nullable Instant when) {
        if (when == null) {
            return;
        }
        Set<K> sharing = wakeUps.get(when);
        if (sharing != null && sharing.remove(key) && sharing.isEmpty()) {
            wakeUps.remove(when);
        }
    }
}
