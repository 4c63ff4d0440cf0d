package dev.gantry.monitoring.shell.kafka;

import dev.gantry.model.message.Usage;
import dev.gantry.monitoring.usage.NodeUsage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest usage of each node, in memory. */
public final class UsageBook {
    private final Map<String, NodeUsage> usages = new ConcurrentHashMap<>();

    public Optional<NodeUsage> of(String node) {
        return Optional.ofNullable(usages.get(node));
    }

    void put(Usage usage) {
        usages.compute(
                usage.node(),
                (_, known) -> known == null ? NodeUsage.first(usage) : known.next(usage));
    }
}
