package dev.gantry.gateway.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which headers a proxy passes on.
 *
 * <p>Compat: Go's {@code httputil.ReverseProxy} for what concerns one hop only, and {@code
 * corsRemovingTransport}: a page of a pod must not open the API's origin to other sites.
 */
public final class PassedHeaders {
    private static final Set<String> OF_ONE_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private final Set<String> named = new TreeSet<>();

    /**
     * @param connection the values of the message's Connection header, which names others
     */
    public PassedHeaders(List<String> connection) {
        for (String value : connection) {
            Arrays.stream(value.split(","))
                    .map(each -> each.strip().toLowerCase(Locale.ROOT))
                    .forEach(named::add);
        }
    }

    /** Credentials of the client are the cluster's affair, cookies are the backend's own. */
    public boolean toBackend(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isOfMessage(lower)
                && !lower.equals("authorization")
                && !lower.startsWith("x-remote-")
                && !lower.startsWith("impersonate-")
                && !lower.startsWith("x-gantry-");
    }

    public boolean toClient(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "access-control-allow-credentials",
                    "access-control-allow-headers",
                    "access-control-allow-methods",
                    "access-control-allow-origin" ->
                    false;
            default -> isOfMessage(lower);
        };
    }

    private boolean isOfMessage(String lower) {
        return !OF_ONE_HOP.contains(lower) && !named.contains(lower);
    }
}
