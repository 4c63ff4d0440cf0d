package dev.gantry.monitoring.heartbeat;

import dev.gantry.model.message.Heartbeat;
import java.time.Instant;

/**
 * The last sign of life of a node.
 *
 * @param heardAt by our clock: clocks of nodes are not compared with it
 */
public record Pulse(Heartbeat beat, Instant heardAt) {}
