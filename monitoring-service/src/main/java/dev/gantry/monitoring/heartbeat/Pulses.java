package dev.gantry.monitoring.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was heard so far, as the health of nodes needs it. Reads only. */
public interface Pulses {
    Optional<Pulse> of(String node);

    Hearing hearing();

    Duration patience();

    /** When the node counts as silent if it is not heard until then; empty while we are deaf. */
    default Optional<Instant> silentAt(String node, Instant now) {
        return hearing().silentAt(of(node).map(Pulse::heardAt), patience(), now);
    }

    default boolean isSilent(String node, Instant now) {
        return silentAt(node, now).filter(at -> !at.isAfter(now)).isPresent();
    }
}
