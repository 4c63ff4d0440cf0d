package dev.gantry.state.shell.api.reply;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.shell.api.StateBackend;
import java.util.List;

/**
 * Carries a refusal from where it was found to {@link StateBackend}, which answers with it. Never
 * leaves this package.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal why;
    private final transient List<String> warnings;

    public Refused(Refusal why) {
        this(why, List.of());
    }

    /**
     * @param warnings what the client is told besides
     */
    public Refused(Refusal why, List<String> warnings) {
        super(why.message(), null, false, false);
        this.why = why;
        this.warnings = List.copyOf(warnings);
    }

    public List<String> warnings() {
        return warnings;
    }

    public Refusal why() {
        return why;
    }
}
