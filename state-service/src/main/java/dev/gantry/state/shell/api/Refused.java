package dev.gantry.state.shell.api;

import dev.gantry.model.refusal.Refusal;
import java.util.List;

/**
 * Carries a refusal from where it was found to {@link StateBackend}, which answers with it. Never
 * leaves this package.
 */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal why;
    private final transient List<String> warnings;

    Refused(Refusal why) {
        this(why, List.of());
    }

    /**
     * @param warnings what the client is told besides
     */
    Refused(Refusal why, List<String> warnings) {
        super(why.message(), null, false, false);
        this.why = why;
        this.warnings = List.copyOf(warnings);
    }

    List<String> warnings() {
        return warnings;
    }

    Refusal why() {
        return why;
    }
}
