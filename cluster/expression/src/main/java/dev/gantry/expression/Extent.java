package dev.gantry.expression;

import java.util.Optional;

/**
 * How much a value has at most: characters of a text, elements of a list or map; 1 for what has
 * neither.
 *
 * <p>Compat: the limits of ResourceSlices, which upstream declares with the types of a device.
 *
 * @param keys of a map
 * @param values of a list or map, where something is known of them
 */
record Extent(long size, Optional<Extent> keys, Optional<Extent> values) {
    static final Extent UNKNOWN = of(Long.MAX_VALUE);
    static final Extent ONE = of(1);
    private static final int MOST_ENTRIES = 32;

    /** Of a driver or a domain. */
    private static final Extent DOMAIN = of(63);

    private static final Extent IDENTIFIER = of(32);
    private static final Extent ATTRIBUTES = domains(of(64));
    private static final Extent CAPACITIES = domains(ONE);

    /** Has fields, and no size. */
    static final Extent DEVICE = UNKNOWN.with(DOMAIN, UNKNOWN);

    static Extent of(long size) {
        return new Extent(size, Optional.empty(), Optional.empty());
    }

    private static Extent domains(Extent values) {
        return of(MOST_ENTRIES).with(DOMAIN, of(MOST_ENTRIES).with(IDENTIFIER, values));
    }

    Extent with(Extent ofKeys, Extent ofValues) {
        return new Extent(size, Optional.of(ofKeys), Optional.of(ofValues));
    }

    /** A list. */
    Extent with(Extent ofValues) {
        return new Extent(size, Optional.empty(), Optional.of(ofValues));
    }

    Extent sized(long other) {
        return new Extent(other, keys, values);
    }

    /** What a loop has in each round. */
    Extent entry() {
        return keys.or(() -> values).orElse(UNKNOWN);
    }

    Extent value() {
        return values.orElse(UNKNOWN);
    }

    Extent field(String name) {
        if (!equals(DEVICE)) {
            return value();
        }
        return switch (name) {
            case "driver" -> DOMAIN;
            case "attributes" -> ATTRIBUTES;
            case "capacity" -> CAPACITIES;
            default -> ONE;
        };
    }

    /** One of the two. */
    Extent or(Extent other) {
        return new Extent(
                Math.max(size, other.size), larger(keys, other.keys), larger(values, other.values));
    }

    private static Optional<Extent> larger(Optional<Extent> one, Optional<Extent> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().or(other.get()))
                : Optional.empty();
    }
}
