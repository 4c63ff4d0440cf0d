package dev.gantry.monitoring.usage;

import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import java.time.Duration;
import java.util.Optional;

/**
 * The newest sample of a node, and the one before.
 *
 * @param previous empty after the first
 */
public record NodeUsage(Usage latest, Optional<Usage> previous) {
    public static NodeUsage first(Usage usage) {
        return new NodeUsage(usage, Optional.empty());
    }

    /** A sample that is older than the newest is left out. */
    public NodeUsage next(Usage usage) {
        return usage.at().isAfter(latest.at()) ? new NodeUsage(usage, Optional.of(latest)) : this;
    }

    /** Thousandths of a cpu in use between the two samples; empty where there is no such time. */
    public Optional<Long> milliCpu() {
        return previous.flatMap(
                before ->
                        milliCpu(
                                before.whole(),
                                latest.whole(),
                                Duration.between(before.at(), latest.at())));
    }

    /** Empty too where the counter went back: the node was started anew between the samples. */
    static Optional<Long> milliCpu(Consumption before, Consumption after, Duration between) {
        long nanos = after.cpuNanosTotal() - before.cpuNanosTotal();
        if (between.isZero() || between.isNegative() || nanos < 0) {
            return Optional.empty();
        }
        return Optional.of(Math.round(nanos * 1000.0 / between.toNanos()));
    }
}
