package dev.gantry.monitoring.heartbeat;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was heard so far, as the health of nodes needs it. Reads only. */
public interface Pulses {
    Optional<Pulse> of(String node);

    Hearing hearing();

    Duration patience();

    /**
     * When the node counts as silent if it is not heard until then; empty while we are deaf. A node
     * that was never heard has the whole patience from its creation on.
     */
    default Optional<Instant> silentAt(Resource node, Instant now) {
        Optional<Instant> heard = of(node.name()).map(Pulse::heardAt);
        Optional<Instant> alive = heard.isPresent() ? heard : node.creationTime();
        return hearing().silentAt(alive, patience(), now);
    }

    /** As of the last echo. */
    Census census();

    /**
     * Whether silence speaks against ourselves rather than against nodes: most of them are quiet at
     * once, or we have not listened for long enough to know.
     */
    default boolean isMassSilence(Instant now) {
        return !hearing().hasListenedFor(patience(), now) || census().isMass();
    }
}
