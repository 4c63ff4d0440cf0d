package dev.gantry.state.codec;

import java.util.Optional;

/** What to do about unknown and duplicate fields. */
public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT;

    /** The query parameter {@code fieldValidation}; WARN where it is empty. */
    public static Optional<FieldValidation> parse(String parameter) {
        return switch (parameter) {
            case "" -> Optional.of(WARN);
            case "Ignore" -> Optional.of(IGNORE);
            case "Warn" -> Optional.of(WARN);
            case "Strict" -> Optional.of(STRICT);
            default -> Optional.empty();
        };
    }
}
