package dev.gantry.agent.shell.volume;

/** A volume that cannot be had right now; the message says which and why. */
public final class VolumeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VolumeFault(String message) {
        super(message);
    }

    public VolumeFault(String message, Throwable cause) {
        super(message, cause);
    }
}
