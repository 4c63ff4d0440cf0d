package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of objects whose creation was asked for, without learning that they were made: they may be
 * there or not. Any thread may ask and add.
 *
 * <p>Invariant: the next object with the same prefix gets such a name, so that one that is there
 * after all is found to exist and is not made a second time.
 */
public final class UncertainNames {
    /** Owners that go leave theirs behind; the oldest are then forgotten. */
    private static final int MOST_PLACES = 10_000;

    private final Map<Place, Deque<String>> names = new LinkedHashMap<>();

    private record Place(GroupResource resource, String namespace, String prefix) {}

    /** One that the cache does not show; those that it shows were counted and are certain. */
    public synchronized Optional<String> take(
            GroupResource resource, String namespace, String prefix, ClusterReader cache) {
        var place = new Place(resource, namespace, prefix);
        Deque<String> kept = names.get(place);
        if (kept == null) {
            return Optional.empty();
        }
        String name = kept.poll();
        while (name != null && cache.get(new ObjectKey(resource, namespace, name)).isPresent()) {
            name = kept.poll();
        }
        if (kept.isEmpty()) {
            names.remove(place);
        }
        return Optional.ofNullable(name);
    }

    public synchronized void keep(
            GroupResource resource, String namespace, String prefix, String name) {
        if (names.size() >= MOST_PLACES) {
            names.remove(names.keySet().iterator().next());
        }
        names.computeIfAbsent(new Place(resource, namespace, prefix), _ -> new ArrayDeque<>())
                .add(name);
    }
}
