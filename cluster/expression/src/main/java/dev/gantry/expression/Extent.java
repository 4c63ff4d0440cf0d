package dev.gantry.expression;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much a value has at most: characters of a text, elements of a list or map; 1 for what has
 * neither.
 *
 * @param keys of a map
 * @param values of a list or map, where something is known of them
 * @param fields of an object with fields
 */
record Extent(
        long size,
        Optional<Extent> keys,
        Optional<Extent> values,
        SortedMap<String, Extent> fields) {
    static final Extent UNKNOWN = of(Long.MAX_VALUE);
    static final Extent ONE = of(1);

    static Extent of(long size) {
        return new Extent(size, Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /** As large as it has fields. */
    static Extent struct(SortedMap<String, Extent> fields) {
        return new Extent(Math.max(1, fields.size()), Optional.empty(), Optional.empty(), fields);
    }

    Extent with(Extent ofKeys, Extent ofValues) {
        return new Extent(size, Optional.of(ofKeys), Optional.of(ofValues), fields);
    }

    /** A list. */
    Extent with(Extent ofValues) {
        return new Extent(size, Optional.empty(), Optional.of(ofValues), fields);
    }

    Extent sized(long other) {
        return new Extent(other, keys, values, fields);
    }

    /** What a loop has in each round. */
    Extent entry() {
        return keys.or(() -> values).orElse(UNKNOWN);
    }

    Extent value() {
        return values.orElse(UNKNOWN);
    }

    Extent field(String name) {
        return fields.isEmpty() ? value() : fields.getOrDefault(name, ONE);
    }

    /** One of the two. */
    Extent or(Extent other) {
        return new Extent(
                Math.max(size, other.size),
                larger(keys, other.keys),
                larger(values, other.values),
                fields.equals(other.fields) ? fields : new TreeMap<>());
    }

    private static Optional<Extent> larger(Optional<Extent> one, Optional<Extent> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().or(other.get()))
                : Optional.empty();
    }
}
