package dev.gantry.gateway.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When in the life of a request something is written down. */
public enum AuditStage {
    REQUEST_RECEIVED("RequestReceived"),
    /** Of requests whose answers go on for long; and of those that prove nothing. */
    RESPONSE_STARTED("ResponseStarted"),
    RESPONSE_COMPLETE("ResponseComplete"),
    /** May be named by a policy. What fails here is answered, and so it is complete. */
    PANIC("Panic");

    private final String wire;

    AuditStage(String wire) {
        this.wire = wire;
    }

    static Optional<AuditStage> parse(String text) {
        return Arrays.stream(values()).filter(stage -> stage.wire.equals(text)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(AuditStage::wire).toList();
    }

    public String wire() {
        return wire;
    }
}
