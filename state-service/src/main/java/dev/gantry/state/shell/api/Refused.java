package dev.gantry.state.shell.api;

import dev.gantry.model.refusal.Refusal;

/**
 * Carries a refusal from where it was found to {@link StateBackend}, which answers with it. Never
 * leaves this package.
 */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal why;

    Refused(Refusal why) {
        super(why.message(), null, false, false);
        this.why = why;
    }

    Refusal why() {
        return why;
    }
}
