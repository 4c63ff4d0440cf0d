package dev.gantry.agent.shell.worker;

/** A container could not be started; the reason is that of {@code state.waiting}. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String words;

    StartFailure(String reason, String words) {
        super(reason + ": " + words);
        this.reason = reason;
        this.words = words;
    }

    String reason() {
        return reason;
    }

    String words() {
        return words;
    }
}
