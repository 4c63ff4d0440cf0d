package dev.gantry.gateway.shell.exchange;

/** Which headers of a client never leave the gateway. */
public final class ClientHeaders {
    private ClientHeaders() {}

    /** Those, and what concerns one hop only. */
    public static boolean isKeptHere(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "connection", "host", "transfer-encoding", "upgrade", "te", "keep-alive" -> true;
            default -> isCredential(lowerCaseName);
        };
    }

    /**
     * Invariant: nobody behind the gateway ever sees a credential of a client, or a claim of
     * identity that the gateway has not made itself.
     */
    public static boolean isCredential(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "authorization", "cookie", "proxy-authorization" -> true;
            default ->
                    lowerCaseName.startsWith("x-remote-")
                            || lowerCaseName.startsWith("impersonate-")
                            || lowerCaseName.startsWith("x-gantry-");
        };
    }
}
