package dev.gantry.model.schedule;

/** A text is no schedule; the message says why, in upstream's words. */
public final class MalformedSchedule extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSchedule(String message) {
        super(message);
    }

    /** The message, which is always there. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
