package dev.gantry.gateway.node;

import dev.gantry.model.refusal.Refusal;

/** Where a request goes, or why it goes nowhere. */
public sealed interface Place {
    /**
     * @param host an address; IPv6 without brackets
     * @param path with a leading slash, encoded
     * @param query encoded, without the question mark
     * @param node whose agent it is, which its certificate must prove; empty for any other program
     */
    record At(String scheme, String host, int port, String path, String query, String node)
            implements Place {
        public String url() {
            return scheme + "://" + authority() + pathAndQuery();
        }

        public String pathAndQuery() {
            return query.isEmpty() ? path : path + "?" + query;
        }

        public boolean isSecure() {
            return scheme.equals("https");
        }

        /** The same program, asked for something else. */
        public At with(String otherPath, String otherQuery) {
            return new At(scheme, host, port, otherPath, otherQuery, node);
        }

        public String authority() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    record Nowhere(Refusal why) implements Place {}
}
