package dev.gantry.model.fault;

/**
 * An invariant is broken. Caught nowhere: the default handler logs it and halts the process, and a
 * restart is safe because the log in PostgreSQL is the truth.
 */
public final class Bug extends Error {
    private static final long serialVersionUID = 1L;

    public Bug(String message) {
        super(message);
    }

    public Bug(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws unless {@code holds}; the message is formatted only then. */
    public static void unless(boolean holds, String format, Object... found) {
        if (!holds) {
            throw new Bug(format.formatted(found));
        }
    }
}
