package dev.gantry.state.admission.podsecurity;

import java.util.Locale;
import java.util.Optional;

/** How much pods may do, the most first. */
public enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    static Optional<Level> parse(String text) {
        for (Level each : values()) {
            if (each.toString().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
