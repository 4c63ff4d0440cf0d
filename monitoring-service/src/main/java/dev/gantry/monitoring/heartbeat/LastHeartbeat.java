package dev.gantry.monitoring.heartbeat;

import dev.gantry.model.message.Heartbeat;
import java.time.Instant;

/**
 * The last heartbeat of a node.
 *
 * @param heardAt by our clock: clocks of nodes are not compared with it
 */
public record LastHeartbeat(Heartbeat beat, Instant heardAt) {}
