package dev.gantry.gateway.shell.webhook;

/** How a server answered to what it was told. */
public record Receipt(int code, boolean isToldToRetry) {
    public boolean isTaken() {
        return code >= 200 && code < 300;
    }

    /** Compat: {@code webhook.DefaultShouldRetry}. */
    public boolean isTransient() {
        return code == 500 || code == 429 || isToldToRetry;
    }
}
