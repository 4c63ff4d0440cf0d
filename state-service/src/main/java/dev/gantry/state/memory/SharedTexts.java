package dev.gantry.state.memory;

import org.jspecify.annotations.Nullable;

/**
 * Equal texts as one object: most objects of a cluster share their labels, phases, classes and
 * nodes with others.
 *
 * <p>Bounded: the last text of each of {@value #SLOTS} hashes is known, and one that is not known
 * is kept as it is. A race of two threads leaves one of two equal texts, and both are right.
 */
final class SharedTexts {
    private static final int SLOTS = 8192;
    private static final @Nullable String[] KNOWN = new @Nullable String[SLOTS];

    private SharedTexts() {}

    static String share(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String known = KNOWN[slot];
        if (text.equals(known)) {
            return known;
        }
        KNOWN[slot] = text;
        return text;
    }
}
