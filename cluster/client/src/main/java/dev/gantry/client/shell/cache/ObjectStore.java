package dev.gantry.client.shell.cache;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The objects of one resource. Written by one thread, read by any.
 *
 * <p>Cost: an object changes far more often than it comes or goes, and is asked for by its key more
 * often than listed. So the order of the keys stands apart, and only coming and going costs a walk
 * through it.
 */
final class ObjectStore {
    private final Map<ObjectKey, Resource> objects = new ConcurrentHashMap<>();
    private final NavigableSet<ObjectKey> order = new ConcurrentSkipListSet<>();

    Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Returns what was there before. */
    Optional<Resource> put(ObjectKey key, Resource object) {
        Resource before = objects.put(key, object);
        if (before == null) {
            order.add(key);
        }
        return Optional.ofNullable(before);
    }

    /** Returns what was there before. */
    Optional<Resource> remove(ObjectKey key) {
        order.remove(key);
        return Optional.ofNullable(objects.remove(key));
    }

    /** In key order. */
    List<Resource> all() {
        return objectsOf(order);
    }

    /** In name order: all in the namespace of this key, which has no name. */
    List<Resource> in(ObjectKey namespace) {
        return objectsOf(keysIn(namespace));
    }

    /** Whether there is nothing in the namespace of this key. */
    boolean isEmptyIn(ObjectKey namespace) {
        return keysIn(namespace).isEmpty();
    }

    private NavigableSet<ObjectKey> keysIn(ObjectKey namespace) {
        var end = new ObjectKey(namespace.resource(), namespace.namespace() + "\0", "");
        return order.subSet(namespace, true, end, false);
    }

    /** One that went between the two looks is left out. */
    private List<Resource> objectsOf(Collection<ObjectKey> keys) {
        return keys.stream().map(objects::get).filter(Objects::nonNull).toList();
    }
}
