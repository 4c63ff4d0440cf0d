package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Uid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the placements of pods have reserved, by name. Pods that share a claim reserve the same
 * thing, and it is free only when the last of them has let go.
 *
 * @param <E> what they mean to do with it; the first reservation counts while it stands
 */
final class Reservations<E> {
    private final Map<String, SequencedMap<Uid, E>> byName = new HashMap<>();

    void add(String name, Uid pod, E effect) {
        byName.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(pod, effect);
    }

    void remove(String name, Uid pod) {
        byName.computeIfPresent(
                name,
                (_, all) -> {
                    all.remove(pod);
                    return all.isEmpty() ? null : all;
                });
    }

    Optional<E> of(String name) {
        return Optional.ofNullable(byName.get(name)).map(all -> all.firstEntry().getValue());
    }

    /** For another owner. */
    void copyTo(Reservations<E> other) {
        byName.forEach((name, all) -> other.byName.put(name, new LinkedHashMap<>(all)));
    }
}
