package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a decision about the status of one node may see.
 *
 * @param silentAt when it counts as silent; empty while the echo stays away
 */
record StatusView(Resource node, Optional<LastHeartbeat> last, Optional<Instant> silentAt) {
    boolean isSilent(Instant now) {
        return silentAt.filter(at -> !at.isAfter(now)).isPresent();
    }
}
