package dev.gantry.client.shell.controller;

import dev.gantry.model.meta.ObjectKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** An index of objects: sets of keys in key order, of which none is empty. */
final class Keys {
    private Keys() {}

    static <K> void add(Map<K, Set<ObjectKey>> index, K under, ObjectKey key) {
        index.compute(
                under,
                (_, keys) -> {
                    Set<ObjectKey> some = keys == null ? new ConcurrentSkipListSet<>() : keys;
                    some.add(key);
                    return some;
                });
    }

    static <K> void remove(Map<K, Set<ObjectKey>> index, K under, ObjectKey key) {
        index.computeIfPresent(
                under,
                (_, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                });
    }
}
