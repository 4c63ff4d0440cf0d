package dev.gantry.state.shell.webhook;

/** Carries why a webhook did not convert objects to where the request is answered. */
public final class ConversionFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConversionFailed(String why) {
        super(why, null, false, false);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
