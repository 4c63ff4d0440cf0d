package dev.gantry.gateway.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the links of a proxied page into links through the proxy.
 *
 * <p>Compat: {@code rewriteURL} in apimachinery's {@code util/proxy/transport.go}: only absolute
 * paths on the backend itself, or on the host that the client asked, are turned.
 *
 * @param prefix the path up to and including {@code /proxy}
 * @param backend host and port of the backend
 * @param host what the client's Host header said
 */
public record Links(String prefix, String backend, String host) {
    /** The parts of a URL, from RFC 3986. */
    private static final Pattern URL =
            Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)((?:\\?[^#]*)?(?:#.*)?)");

    public String turned(String link) {
        Matcher parts = URL.matcher(link);
        if (!parts.matches()) {
            return link;
        }
        String scheme = parts.group(1) == null ? "" : parts.group(1) + ":";
        String authority = parts.group(2) == null ? "" : parts.group(2);
        String path = parts.group(3);
        boolean isElsewhere = !authority.isEmpty() && !isBackend(authority) && !isHost(authority);
        if (isElsewhere || !path.startsWith("/")) {
            return link;
        }
        String start = isHost(authority) ? scheme + "//" + authority : "";
        String turned = path.startsWith(prefix) ? path : joined(path);
        return start + turned + parts.group(4);
    }

    private boolean isHost(String authority) {
        return !authority.isEmpty() && authority.equals(host);
    }

    private boolean isBackend(String authority) {
        return authority.equals(backend)
                || backend.equals(authority + ":80")
                || backend.equals(authority + ":443");
    }

    /** Dot segments cannot lead out of the proxy's own path. */
    private String joined(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            switch (segment) {
                case "", "." -> {
                    // Says nothing.
                }
                case ".." -> kept.pollLast();
                default -> kept.addLast(segment);
            }
        }
        String clean = kept.isEmpty() ? "" : "/" + String.join("/", kept);
        return prefix + clean + (path.endsWith("/") ? "/" : "");
    }
}
