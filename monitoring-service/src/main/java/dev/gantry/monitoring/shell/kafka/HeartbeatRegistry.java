package dev.gantry.monitoring.shell.kafka;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.heartbeat.EchoCheck;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import dev.gantry.monitoring.heartbeat.SilenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The last heartbeat of each node there is. Written by the reader's thread, but for nodes that are
 * no more; read by any.
 */
public final class HeartbeatRegistry implements Heartbeats, ObjectCache.Observer {
    private final Duration patience;
    private final Map<String, LastHeartbeat> heartbeats = new ConcurrentHashMap<>();
    private final Supplier<List<Resource>> nodes;
    private volatile EchoCheck echoCheck = EchoCheck.NONE;
    private volatile SilenceCount silenceCount = SilenceCount.NONE;

    /**
     * @param nodes all that there are now
     */
    public HeartbeatRegistry(Duration patience, Supplier<List<Resource>> nodes) {
        this.patience = patience;
        this.nodes = nodes;
    }

    @Override
    public Optional<LastHeartbeat> of(String node) {
        return Optional.ofNullable(heartbeats.get(node));
    }

    @Override
    public EchoCheck echoCheck() {
        return echoCheck;
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public SilenceCount silenceCount() {
        return silenceCount;
    }

    /** Another node that gets the name of one that is no more has not been heard yet. */
    @Override
    public void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        if (key.resource().equals(Resources.NODES) && after.isEmpty()) {
            heartbeats.remove(key.name());
        }
    }

    void echo(Instant now) {
        echoCheck = echoCheck.echo(now);
        silenceCount = SilenceCount.of(nodes.get(), this, now);
    }

    /** Returns whether it says anything that the beat before did not, or ends a silence. */
    boolean beat(Heartbeat beat, Instant now) {
        LastHeartbeat before = heartbeats.put(beat.node(), new LastHeartbeat(beat, now));
        return before == null
                || before.heardAt().plus(patience).isBefore(now)
                || !before.beat().conditions().equals(beat.conditions())
                || !before.beat().capacity().equals(beat.capacity())
                || !before.beat().allocatable().equals(beat.allocatable());
    }
}
