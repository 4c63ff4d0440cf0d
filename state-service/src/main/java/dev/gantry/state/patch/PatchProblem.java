package dev.gantry.state.patch;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;

/** Ends a patch in the middle. Never leaves this package: {@link Patches} turns it into a value. */
final class PatchProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PatchProblem(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** The patch is not understood. */
    static PatchProblem badRequest(String message) {
        return new PatchProblem(new Refusal.BadRequest(message));
    }

    /** The patch is understood, but does not apply. */
    static PatchProblem doesNotApply(String why) {
        return new PatchProblem(new Refusal.Unprocessable(why));
    }

    /** Nothing here knows how; upstream takes it for an error of the server. */
    static PatchProblem unsupported(String message) {
        return new PatchProblem(
                new Refusal.Unsupported(FieldError.shortened(message, Refusal.LONGEST_MESSAGE)));
    }

    static PatchProblem tooLarge(String message) {
        return new PatchProblem(new Refusal.TooLarge(message));
    }

    Refusal refusal() {
        return refusal;
    }
}
