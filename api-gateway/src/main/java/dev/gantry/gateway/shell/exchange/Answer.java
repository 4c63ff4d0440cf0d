package dev.gantry.gateway.shell.exchange;

import dev.gantry.model.exchange.ApiReply;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;

/** What becomes of a request. */
public sealed interface Answer {
    record Reply(ApiReply reply) implements Answer {}

    /**
     * It goes on over the network, body and all.
     *
     * @param target where to, with path and query; ws or wss for an upgrade
     * @param complaint what is missing where the other end knows nothing of it; may be empty
     * @param headers added to those of the client; credentials are gone by then
     */
    record Forward(
            URI target, SortedMap<String, List<String>> headers, Trust trust, String complaint)
            implements Answer {
        public Forward(URI target, SortedMap<String, List<String>> headers, Trust trust) {
            this(target, headers, trust, "");
        }
    }

    /** Whom to believe at the other end, and what to show there. */
    enum Trust {
        /** A part of the cluster: both sides show certificates of the cluster's authority. */
        CLUSTER,
        /** A program of some user. */
        NONE
    }
}
