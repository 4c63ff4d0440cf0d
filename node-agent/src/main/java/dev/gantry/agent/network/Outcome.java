package dev.gantry.agent.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of a packet at a {@link Frontend}. */
public sealed interface Outcome {
    /**
     * Sent to one of the endpoints, each equally likely.
     *
     * @param name tells this target from all others, and stays the same while endpoints change
     */
    record Balance(
            String name, Disguise disguise, Optional<Duration> stickiness, List<Endpoint> endpoints)
            implements Outcome {}

    /** Answered with a reset or an ICMP error: nobody is there. */
    record Refuse() implements Outcome {}

    /** Silently dropped: somebody is there, but not on this node. */
    record Drop() implements Outcome {}

    record Endpoint(String protocol, String address, int port, boolean isLocal) {}

    /** Whose packets leave with the node's own address as their source. */
    enum Disguise {
        /**
         * All but those of the node's pods: their answers come back this way, those of others may
         * not.
         */
        OUTSIDERS,
        ALL,
        NONE
    }
}
