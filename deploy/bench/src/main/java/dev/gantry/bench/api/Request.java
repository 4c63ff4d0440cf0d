package dev.gantry.bench.api;

import java.util.Locale;

/** What a client sends again and again. */
public enum Request {
    CREATE,
    GET,
    /** Replaces an object. */
    UPDATE,
    /** Merges a label into an object. */
    PATCH,
    DELETE,
    /** The first 500 objects. */
    LIST500,
    /** The first object. */
    LIST1,
    /** A label that no object has. */
    NOTHING,
    /** All objects. */
    LIST,
    /** All objects, indented. */
    PRETTY;

    /** Whether what comes back is so large that its bytes count. */
    boolean isLarge() {
        return this == LIST || this == PRETTY;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
