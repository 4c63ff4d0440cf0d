package dev.gantry.client.shell.http;

/** No answer came: the outcome of a write is unknown. */
public final class ApiUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
