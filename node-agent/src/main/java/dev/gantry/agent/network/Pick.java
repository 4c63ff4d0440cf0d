package dev.gantry.agent.network;

import dev.gantry.agent.network.Outcome.Disguise;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chain that chooses one of {@code count} endpoints for the target in the packet mark.
 *
 * <p>Sticky ones look first whether the client has an endpoint that still is one.
 */
public record Pick(int count, Disguise disguise, Optional<Duration> stickiness)
        implements Comparable<Pick> {
    private static final Comparator<Pick> ORDER = Comparator.comparing(Pick::chain);

    public String chain() {
        String name = "pick-" + count + "-" + disguise.name().toLowerCase(Locale.ROOT);
        return stickiness.map(time -> name + "-" + time.toSeconds()).orElse(name);
    }

    /** The rules of the chain, in order. */
    List<String> rules(Family family) {
        String send = "goto " + send(disguise);
        String choose = "ct mark set meta mark . numgen random mod " + count + " map @slots";
        if (stickiness.isEmpty()) {
            return List.of(choose + " " + send);
        }
        String client = family.table() + " saddr . meta mark";
        String remember =
                "update @clients { %s timeout %ds : ct mark }"
                        .formatted(client, stickiness.get().toSeconds());
        return List.of(
                "ct mark set " + client + " map @clients ct mark @sticky " + remember + " " + send,
                // An update keeps the old endpoint of a known client, so that has to go first.
                "delete @clients { " + client + " : ct mark }",
                choose,
                // By itself: were the map full, the client would not be remembered, but served.
                remember,
                send);
    }

    static String send(Disguise disguise) {
        return "send-" + disguise.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Pick other) {
        return ORDER.compare(this, other);
    }
}
