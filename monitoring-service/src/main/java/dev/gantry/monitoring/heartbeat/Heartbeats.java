package dev.gantry.monitoring.heartbeat;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The heartbeats received so far, as the health of nodes needs them. Reads only. */
public interface Heartbeats {
    Optional<LastHeartbeat> of(String node);

    EchoCheck echoCheck();

    Duration patience();

    /**
     * When the node counts as silent if it is not heard until then; empty while the echo stays
     * away. A node that was never heard has the whole patience from its creation on.
     */
    default Optional<Instant> silentAt(Resource node, Instant now) {
        Optional<Instant> heard = of(node.name()).map(LastHeartbeat::heardAt);
        Optional<Instant> alive = heard.isPresent() ? heard : node.creationTime();
        return echoCheck().silentAt(alive, patience(), now);
    }

    /** As of the last echo. */
    SilenceCount silenceCount();

    /**
     * Whether silence speaks against ourselves rather than against nodes: most of them are quiet at
     * once, or we have not listened for long enough to know.
     */
    default boolean isMassSilence(Instant now) {
        return !echoCheck().hasListenedFor(patience(), now) || silenceCount().isMass();
    }
}
