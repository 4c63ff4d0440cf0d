package dev.gantry.monitoring.shell.kafka;

import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.heartbeat.Census;
import dev.gantry.monitoring.heartbeat.Hearing;
import dev.gantry.monitoring.heartbeat.Pulse;
import dev.gantry.monitoring.heartbeat.Pulses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The pulses that the reader heard. Written by its thread, read by any. */
public final class PulseBook implements Pulses {
    private final Duration patience;
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
    private final Supplier<List<Resource>> nodes;
    private volatile Hearing hearing = Hearing.NONE;
    private volatile Census census = Census.NONE;

    /**
     * @param nodes all that there are now
     */
    public PulseBook(Duration patience, Supplier<List<Resource>> nodes) {
        this.patience = patience;
        this.nodes = nodes;
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
    public Duration patience() {
        return patience;
    }

    @Override
    public Census census() {
        return census;
    }

    void echo(Instant now) {
        hearing = hearing.echo(now);
        census = Census.of(nodes.get(), this, now);
    }

    /** Returns whether it says anything that the beat before did not, or ends a silence. */
    boolean beat(Heartbeat beat, Instant now) {
        Pulse before = pulses.put(beat.node(), new Pulse(beat, now));
        return before == null
                || before.heardAt().plus(patience).isBefore(now)
                || !before.beat().conditions().equals(beat.conditions())
                || !before.beat().capacity().equals(beat.capacity())
                || !before.beat().allocatable().equals(beat.allocatable());
    }
}
