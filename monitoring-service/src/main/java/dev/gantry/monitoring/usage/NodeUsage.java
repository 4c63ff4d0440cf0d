package dev.gantry.monitoring.usage;

import dev.gantry.model.message.Usage;
import java.util.Optional;

/**
 * The newest sample of a node, and what it says beside the one before.
 *
 * @param rates empty after the first sample
 */
public record NodeUsage(Usage latest, Optional<NodeRates> rates) {
    public static NodeUsage first(Usage usage) {
        return new NodeUsage(usage, Optional.empty());
    }

    /** A sample that is no newer than the newest is left out. */
    public NodeUsage next(Usage usage) {
        return usage.at().isAfter(latest.at())
                ? new NodeUsage(usage, Optional.of(NodeRates.between(latest, usage)))
                : this;
    }
}
