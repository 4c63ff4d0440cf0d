package dev.gantry.agent.join;

/** Why this machine does not become a node now; the message tells a person what to do. */
public final class CannotJoin extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotJoin(String message) {
        super(message);
    }

    public CannotJoin(String message, Throwable cause) {
        super(message, cause);
    }
}
