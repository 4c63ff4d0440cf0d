package dev.gantry.simulation;

import dev.gantry.client.controller.Controller;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.eviction.TaintEvictionController;
import dev.gantry.monitoring.health.PodReadinessController;
import dev.gantry.monitoring.health.NodeStatusController;
import dev.gantry.monitoring.health.NodeTaintController;
import dev.gantry.monitoring.heartbeat.Census;
import dev.gantry.monitoring.heartbeat.Hearing;
import dev.gantry.monitoring.heartbeat.Pulse;
import dev.gantry.monitoring.heartbeat.Pulses;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real controllers of monitoring, over heartbeats that arrive at once. */
final class SimulatedMonitoring implements Pulses {
    private final Map<String, Pulse> pulses = new HashMap<>();
    private final NodeStatusController status = new NodeStatusController(this);
    private Hearing hearing = Hearing.NONE;
    private Census census = Census.NONE;

    List<Controller> controllers() {
        return List.of(
                status, new NodeTaintController(this), new PodReadinessController(this), new TaintEvictionController(this));
    }

    void hear(Heartbeat beat, Iterable<SimulatedControllerLoop> loops, Instant now) {
        pulses.put(beat.node(), new Pulse(beat, now));
        ObjectKey key = new ObjectKey(SimulatedState.NODES, "", beat.node());
        loops.forEach(loop -> loop.enqueue(key));
    }

    void echo(List<Resource> nodes, Instant now) {
        hearing = hearing.echo(now);
        census = Census.of(nodes, this, now);
    }

    @Override
    public Optional<Pulse> of(String node) {
        return Optional.ofNullable(pulses.get(node));
    }

    @Override
    public Hearing hearing() {
        return hearing;
    }

    @Override
    public Census census() {
        return census;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(10);
    }
}
