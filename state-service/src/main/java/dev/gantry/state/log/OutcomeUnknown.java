package dev.gantry.state.log;

/**
 * The database was lost during a commit and did not come back in time: whether the change was
 * written shows when it does. Looking at the object then tells.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
        super(message);
    }

    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
