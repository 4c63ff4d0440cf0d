package dev.gantry.simulation;

import dev.gantry.client.controller.Controller;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.eviction.TaintEvictionController;
import dev.gantry.monitoring.health.NodeStatusController;
import dev.gantry.monitoring.health.NodeTaintController;
import dev.gantry.monitoring.health.PodReadinessController;
import dev.gantry.monitoring.heartbeat.EchoCheck;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import dev.gantry.monitoring.heartbeat.SilenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real controllers of monitoring, over heartbeats that arrive at once. */
final class SimulatedMonitoring implements Heartbeats {
    private final Map<String, LastHeartbeat> heartbeats = new HashMap<>();
    private final NodeStatusController status = new NodeStatusController(this);
    private EchoCheck echoCheck = EchoCheck.NONE;
    private SilenceCount silenceCount = SilenceCount.NONE;

    List<Controller> controllers() {
        return List.of(
                status,
                new NodeTaintController(this),
                new PodReadinessController(this),
                new TaintEvictionController(this));
    }

    void hear(Heartbeat beat, Iterable<SimulatedControllerLoop> loops, Instant now) {
        heartbeats.put(beat.node(), new LastHeartbeat(beat, now));
        ObjectKey key = new ObjectKey(SimulatedState.NODES, "", beat.node());
        loops.forEach(loop -> loop.enqueue(key));
    }

    void echo(List<Resource> nodes, Instant now) {
        echoCheck = echoCheck.echo(now);
        silenceCount = SilenceCount.of(nodes, this, now);
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
    public SilenceCount silenceCount() {
        return silenceCount;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(10);
    }
}
