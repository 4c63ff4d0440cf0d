package dev.gantry.agent.edge;

/** The cluster did not answer, or said no to something it should not refuse. */
public final class EdgeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EdgeFault(String message, Throwable cause) {
        super(message, cause);
    }
}
