package dev.gantry.agent.network;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the node does with a packet to a {@link Frontend}. */
public sealed interface ServiceAction {
    /**
     * Sent to one of the endpoints, each equally likely.
     *
     * @param name tells this target from all others, and stays the same while endpoints change
     */
    record Balance(
            String name,
            Masquerade masquerade,
            Optional<Duration> sessionAffinity,
            List<Endpoint> endpoints)
            implements ServiceAction {}

    /** Answered with a reset or an ICMP error: there is no endpoint. */
    record Refuse() implements ServiceAction {}

    /** Silently dropped: there are endpoints, but none on this node. */
    record Drop() implements ServiceAction {}

    record Endpoint(String protocol, String address, int port, boolean isLocal) {}

    /** Which packets leave with the node's own address as their source. */
    enum Masquerade {
        /**
         * All but those of the node's own pods: answers to these pass this node anyway, answers to
         * other clients may take another way.
         */
        NON_LOCAL,
        ALL,
        NONE;

        String nftName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
