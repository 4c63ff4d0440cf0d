package dev.gantry.gateway.shell.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;

/** What the headers of a client ask for, and which of them never leave the gateway. */
public final class ClientHeaders {
    private static final Pattern HTTP = Pattern.compile("(?i)\\bh[23]|\\bhttp");

    private ClientHeaders() {}

    /**
     * Whether the connection is to speak another protocol afterwards. Compat: {@code
     * IsUpgradeRequest}; but one that sends a body first is a request like others.
     *
     * <p>Invariant: that protocol is never HTTP. On such a connection the client would speak in the
     * gateway's name, and could claim to be anybody.
     */
    public static boolean areForUpgrade(HttpHeaders headers) {
        String protocols = String.join(",", headers.getAll(HttpHeaderNames.UPGRADE));
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && !protocols.isEmpty()
                && !HTTP.matcher(protocols).find()
                && !haveBody(headers);
    }

    public static boolean haveBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (length != null && !length.equals("0"));
    }

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
