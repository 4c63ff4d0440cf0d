package dev.gantry.state.shell.postgres;

/** Another replica holds the write lease; nothing was written. */
final class LostLease extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostLease(String message) {
        super(message);
    }
}
