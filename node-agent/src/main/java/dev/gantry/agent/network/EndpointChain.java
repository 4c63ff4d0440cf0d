package dev.gantry.agent.network;

import dev.gantry.agent.network.ServiceAction.Masquerade;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A chain that chooses one of {@code count} endpoints for the target in the packet mark.
 *
 * <p>With session affinity it first looks up the endpoint that the client had, and keeps it while
 * it still is one of the target's.
 */
public record EndpointChain(int count, Masquerade masquerade, Optional<Duration> sessionAffinity)
        implements Comparable<EndpointChain> {
    private static final Comparator<EndpointChain> ORDER =
            Comparator.comparing(EndpointChain::nftName);

    public String nftName() {
        String name = "endpoints-" + count + "-" + masquerade.nftName();
        return sessionAffinity.map(time -> name + "-" + time.toSeconds()).orElse(name);
    }

    /** The rules of the chain, in order. */
    List<String> rules(Family family) {
        String send = "goto " + send(masquerade);
        String choose = "ct mark set meta mark . numgen random mod " + count + " map @slots";
        if (sessionAffinity.isEmpty()) {
            return List.of(choose + " " + send);
        }
        String client = family.table() + " saddr . meta mark";
        String remember =
                "update @clients { %s timeout %ds : ct mark }"
                        .formatted(client, sessionAffinity.get().toSeconds());
        return List.of(
                "ct mark set "
                        + client
                        + " map @clients ct mark @affinity "
                        + remember
                        + " "
                        + send,
                // An update keeps the old endpoint of a known client, so that has to go first.
                "delete @clients { " + client + " : ct mark }",
                choose,
                // By itself: were the map full, the client would not be remembered, but served.
                remember,
                send);
    }

    static String send(Masquerade masquerade) {
        return "send-" + masquerade.nftName();
    }

    @Override
    public int compareTo(EndpointChain other) {
        return ORDER.compare(this, other);
    }
}
