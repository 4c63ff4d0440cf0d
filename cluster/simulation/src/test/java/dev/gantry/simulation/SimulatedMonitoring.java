package dev.gantry.simulation;

import dev.gantry.client.duty.Duty;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.eviction.EvictionDuty;
import dev.gantry.monitoring.health.PodReadinessDuty;
import dev.gantry.monitoring.health.StatusDuty;
import dev.gantry.monitoring.health.TaintDuty;
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

/** The real duties of monitoring, over heartbeats that arrive at once. */
final class SimulatedMonitoring implements Pulses {
    private final Map<String, Pulse> pulses = new HashMap<>();
    private final StatusDuty status = new StatusDuty(this);
    private Hearing hearing = Hearing.NONE;
    private Census census = Census.NONE;

    List<Duty> duties() {
        return List.of(
                status, new TaintDuty(this), new PodReadinessDuty(this), new EvictionDuty(this));
    }

    void hear(Heartbeat beat, Iterable<SimulatedActor> actors, Instant now) {
        pulses.put(beat.node(), new Pulse(beat, now));
        ObjectKey key = new ObjectKey(SimulatedState.NODES, "", beat.node());
        actors.forEach(actor -> actor.look(key));
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
