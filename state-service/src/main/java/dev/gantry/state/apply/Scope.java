package dev.gantry.state.apply;

import dev.gantry.state.schema.StructType;

/**
 * What of an object a write can set.
 *
 * @param type of the object; {@code Schema.custom()} where nothing is known of it
 */
public record Scope(StructType type, Reset reset, Versions versions) {
    /** What stays as it is stored, whatever a write says of it. */
    public enum Reset {
        NOTHING,
        STATUS,
        SPEC,
        SPEC_AND_STATUS,
        SPEC_AND_LABELS,
        SPEC_AND_METADATA,
        ALL_BUT_STATUS
    }

    /** Writes of objects that have no status of their own. */
    public static Scope whole(StructType type) {
        return of(type, Reset.NOTHING);
    }

    /** Of objects that everybody writes in one version. */
    public static Scope of(StructType type, Reset reset) {
        return new Scope(type, reset, Versions.NONE);
    }

    Node root() {
        return Node.root(type);
    }
}
