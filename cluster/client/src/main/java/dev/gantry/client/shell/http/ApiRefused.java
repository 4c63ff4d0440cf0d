package dev.gantry.client.shell.http;

/** The API answered with a refusal; {@code reason} is that of its Status, empty if it sent none. */
public final class ApiRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    public ApiRefused(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public boolean isMissing() {
        return code == 404;
    }

    public boolean isConflict() {
        return code == 409;
    }
}
