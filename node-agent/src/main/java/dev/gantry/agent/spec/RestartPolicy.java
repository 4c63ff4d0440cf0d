package dev.gantry.agent.spec;

import java.util.Arrays;
import java.util.Optional;

/** What happens to a container that ended. */
public enum RestartPolicy {
    ALWAYS("Always"),
    ON_FAILURE("OnFailure"),
    NEVER("Never");

    private final String wire;

    RestartPolicy(String wire) {
        this.wire = wire;
    }

    public static Optional<RestartPolicy> parse(String text) {
        return Arrays.stream(values()).filter(each -> each.wire.equals(text)).findFirst();
    }

    public boolean restarts(int exitCode) {
        return this == ALWAYS || this == ON_FAILURE && exitCode != 0;
    }
}
