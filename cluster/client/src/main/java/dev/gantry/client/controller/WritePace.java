package dev.gantry.client.controller;

import dev.gantry.model.meta.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a key is reconciled while each time something is written for it: a few times at once,
 * then so many times a second. Meanwhile changes add up, and one look tells of all of them.
 *
 * <p>Example: of a ReplicaSet of thousands whose pods become ready one by one, the status is
 * written twenty times a second, and so is that of its Deployment; not for each pod.
 *
 * <p>Pure but mutable, as the queue that it belongs to.
 *
 * <p>Compat: client-go's limit of requests has the same effect upstream, though over all keys.
 */
final class WritePace {
    private static final Duration EACH = Duration.ofMillis(50);
    private static final int AT_ONCE = 10;
    private static final Duration AHEAD = EACH.multipliedBy(AT_ONCE);

    /** When all that was written would be in pace; the key that was written last comes last. */
    private final Map<ObjectKey, Instant> inPaceAt = new LinkedHashMap<>();

    void wrote(ObjectKey key, Instant now) {
        Instant before = inPaceAt.remove(key);
        Instant from = before != null && before.isAfter(now) ? before : now;
        inPaceAt.put(key, from.plus(EACH));
        var oldest = inPaceAt.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(now)) {
            oldest.remove();
        }
    }

    /** When the key may be reconciled again; empty where that is now. */
    Optional<Instant> restsUntil(ObjectKey key, Instant now) {
        return Optional.ofNullable(inPaceAt.get(key))
                .map(at -> at.minus(AHEAD))
                .filter(at -> at.isAfter(now));
    }
}
