package dev.gantry.agent.shell.volume;

/** A volume or a device that cannot be had right now; the message says which and why. */
public final class VolumeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public VolumeFault(String message) {
        this("FailedMount", message);
    }

    /**
     * @param reason of the event
     */
    VolumeFault(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public VolumeFault(String message, Throwable cause) {
        super(message, cause);
        this.reason = "FailedMount";
    }

    public String reason() {
        return reason;
    }
}
