package dev.gantry.state.validation;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What ConfigMaps and Secrets carry: its size, and that it may be frozen. */
public final class Payload {
    public static final int MAX_BYTES = 1 << 20;
    private static final String FROZEN = "field is immutable when `immutable` is set";

    private Payload() {}

    public static long textBytes(Field value) {
        return Names.bytes(value.text());
    }

    /** The length of what the Base64 text stands for. */
    public static long binaryBytes(Field value) {
        String text = value.text();
        long padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return text.length() / 4 * 3L - padding;
    }

    /** Once {@code immutable} is stored as true, neither it nor the content may change. */
    public static void immutable(Field object, ObjectNode stored, List<String> content) {
        if (!stored.path("immutable").asBoolean(false)) {
            return;
        }
        if (!object.child("immutable").isTrue()) {
            object.child("immutable").forbidden(FROZEN);
        }
        for (String each : content) {
            // Compat: an empty map that was sent is not none, where the type tells them apart.
            if (!object.value().path(each).equals(stored.path(each))) {
                object.child(each).forbidden(FROZEN);
            }
        }
    }
}
