package dev.gantry.state.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What admission says beside its verdict. Written by the one decision that it is made for; each
 * further attempt at it gets an empty one.
 */
public final class Notes {
    private final List<String> warnings = new ArrayList<>();
    private final SortedMap<String, String> annotations = new TreeMap<>();

    public void warn(String warning) {
        warnings.add(warning);
    }

    /** For the audit log. Compat: the first value of a key stays. */
    public void annotate(String key, String value) {
        annotations.putIfAbsent(key, value);
    }

    /** As {@link #annotate}, where several say something under one key. */
    public void annotateToo(String key, String value) {
        annotations.merge(
                key,
                value,
                (before, more) ->
                        List.of(before.split(", ", -1)).contains(more)
                                ? before
                                : before + ", " + more);
    }

    public SortedMap<String, String> annotations() {
        return Collections.unmodifiableSortedMap(annotations);
    }

    /** For the client, in the order in which they came up. */
    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }
}
