package dev.gantry.monitoring.heartbeat;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many nodes send heartbeats, and how many of them have been quiet for half the patience.
 *
 * <p>Half, so that what silences all nodes at once is counted before it makes the first of them
 * silent.
 */
public record SilenceCount(int nodes, int quiet) {
    public static final SilenceCount NONE = new SilenceCount(0, 0);

    /** Cost: every node is asked, so this is for now and then, not for each decision. */
    public static SilenceCount of(List<Resource> nodes, Heartbeats heartbeats, Instant now) {
        Duration half = heartbeats.patience().dividedBy(2);
        int real = 0;
        int quiet = 0;
        for (Resource node : nodes) {
            if (Simulation.isSimulated(node)) {
                continue;
            }
            real++;
            Optional<Instant> silentAt = heartbeats.silentAt(node, now);
            if (silentAt.filter(at -> !at.minus(half).isAfter(now)).isPresent()) {
                quiet++;
            }
        }
        return new SilenceCount(real, quiet);
    }

    /** More than half of them. Of two nodes, one may fail. */
    public boolean isMass() {
        return quiet * 2 > nodes;
    }
}
