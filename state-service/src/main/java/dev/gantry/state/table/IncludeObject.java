package dev.gantry.state.table;

import java.util.Optional;

/** How much of each object comes with its row: the query parameter {@code includeObject}. */
public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT;

    public static Optional<IncludeObject> parse(String parameter) {
        return switch (parameter) {
            case "" -> Optional.of(METADATA);
            case "None" -> Optional.of(NONE);
            case "Metadata" -> Optional.of(METADATA);
            case "Object" -> Optional.of(OBJECT);
            default -> Optional.empty();
        };
    }
}
