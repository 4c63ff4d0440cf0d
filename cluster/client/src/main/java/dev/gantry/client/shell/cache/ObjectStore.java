package dev.gantry.client.shell.cache;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * The objects of one resource, by namespace and name. Written by one thread, read by any.
 *
 * <p>Cost: an object changes far more often than it comes or goes, and is asked for by its key more
 * often than listed. So the order of the names stands apart, and only coming and going costs a walk
 * through it, past names and not past whole keys.
 */
final class ObjectStore {
    private final NavigableMap<String, InNamespace> namespaces = new ConcurrentSkipListMap<>();

    /** Those of one namespace; none of these is empty. */
    private record InNamespace(Map<String, Resource> objects, NavigableSet<String> names) {
        InNamespace() {
            this(new ConcurrentHashMap<>(), new ConcurrentSkipListSet<>());
        }

        /** In name order. One that went between the two looks is left out. */
        Stream<Resource> all() {
            return names.stream().map(objects::get).filter(Objects::nonNull);
        }
    }

    Optional<Resource> get(ObjectKey key) {
        InNamespace found = namespaces.get(key.namespace());
        return found == null
                ? Optional.empty()
                : Optional.ofNullable(found.objects().get(key.name()));
    }

    /** Returns what was there before. */
    Optional<Resource> put(ObjectKey key, Resource object) {
        InNamespace all = namespaces.computeIfAbsent(key.namespace(), _ -> new InNamespace());
        Resource before = all.objects().put(key.name(), object);
        if (before == null) {
            all.names().add(key.name());
        }
        return Optional.ofNullable(before);
    }

    /** Returns what was there before. */
    Optional<Resource> remove(ObjectKey key) {
        InNamespace all = namespaces.get(key.namespace());
        if (all == null) {
            return Optional.empty();
        }
        all.names().remove(key.name());
        Resource before = all.objects().remove(key.name());
        if (all.objects().isEmpty()) {
            namespaces.remove(key.namespace());
        }
        return Optional.ofNullable(before);
    }

    /** In key order. */
    List<Resource> all() {
        return namespaces.values().stream().flatMap(InNamespace::all).toList();
    }

    /** In name order. */
    List<Resource> in(String namespace) {
        InNamespace found = namespaces.get(namespace);
        return found == null ? List.of() : found.all().toList();
    }

    boolean isEmptyIn(String namespace) {
        return !namespaces.containsKey(namespace);
    }
}
