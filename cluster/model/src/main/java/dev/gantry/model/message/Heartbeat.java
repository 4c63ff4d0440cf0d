package dev.gantry.model.message;

import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's sign of life.
 *
 * @param sequence grows with each beat of one run of the agent
 * @param conditions the node's own view of its conditions, as in {@code NodeStatus.conditions}
 */
public record Heartbeat(
        String node,
        long sequence,
        Instant sentAt,
        ArrayNode conditions,
        ObjectNode capacity,
        ObjectNode allocatable) {
    public Heartbeat {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(conditions, "conditions");
        Objects.requireNonNull(capacity, "capacity");
        Objects.requireNonNull(allocatable, "allocatable");
    }
}
