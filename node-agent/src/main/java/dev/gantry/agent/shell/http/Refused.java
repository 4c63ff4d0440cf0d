package dev.gantry.agent.shell.http;

/** The request can't be served; the words are for the client. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
