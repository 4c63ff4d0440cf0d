package dev.gantry.gateway.shell.http;

/** Which headers of a client never leave the gateway. */
final class ClientHeaders {
    private ClientHeaders() {}

    /**
     * Invariant: nobody behind the gateway ever sees a credential of a client, or a claim of
     * identity that the gateway has not made itself.
     */
    static boolean isKeptHere(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "authorization", "cookie", "proxy-authorization", "connection", "host" -> true;
            default ->
                    lowerCaseName.startsWith("x-remote-")
                            || lowerCaseName.startsWith("impersonate-")
                            || lowerCaseName.startsWith("x-gantry-");
        };
    }
}
