package dev.gantry.gateway.node;

import dev.gantry.model.refusal.Refusal;

/** Where a request goes, or why it goes nowhere. */
public sealed interface Place {
    /**
     * @param host a name or an address; IPv6 without brackets
     * @param path with a leading slash, encoded
     * @param query encoded, without the question mark
     */
    record At(String scheme, String host, int port, String path, String query) implements Place {
        public String url() {
            String base = scheme + "://" + authority() + path;
            return query.isEmpty() ? base : base + "?" + query;
        }

        public String authority() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }

        /** The same place, reached by an upgraded connection. */
        public At forWebSocket() {
            String upgraded = scheme.equals("https") ? "wss" : "ws";
            return new At(upgraded, host, port, path, query);
        }
    }

    record Nowhere(Refusal why) implements Place {}
}
