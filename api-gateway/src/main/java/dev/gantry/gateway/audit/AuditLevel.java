package dev.gantry.gateway.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How much of a request is written down; each holds what those before it hold. */
public enum AuditLevel {
    NONE("None"),
    /** Who, what, when, and with what outcome. */
    METADATA("Metadata"),
    /** What was sent, too. */
    REQUEST("Request"),
    /** What was answered, too. */
    REQUEST_RESPONSE("RequestResponse");

    private final String wire;

    AuditLevel(String wire) {
        this.wire = wire;
    }

    static Optional<AuditLevel> parse(String text) {
        return Arrays.stream(values()).filter(level -> level.wire.equals(text)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(AuditLevel::wire).toList();
    }

    public String wire() {
        return wire;
    }

    boolean holds(AuditLevel other) {
        return compareTo(other) >= 0;
    }
}
