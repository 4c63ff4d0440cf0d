package dev.gantry.gateway.shell.limit;

import java.util.Set;

/** Compat: the kinds in which requests under way are counted. */
public enum RequestKind {
    MUTATING("mutating"),
    READ_ONLY("readOnly");

    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final String wire;

    RequestKind(String wire) {
        this.wire = wire;
    }

    public static RequestKind of(String verb) {
        return READS.contains(verb) ? READ_ONLY : MUTATING;
    }

    public String wire() {
        return wire;
    }
}
