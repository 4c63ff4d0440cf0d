package dev.gantry.monitoring.shell.kafka;

import dev.gantry.model.message.Heartbeat;
import dev.gantry.monitoring.heartbeat.Hearing;
import dev.gantry.monitoring.heartbeat.Pulse;
import dev.gantry.monitoring.heartbeat.Pulses;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pulses that the reader heard. Written by its thread, read by any. */
public final class PulseBook implements Pulses {
    private final Duration patience;
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
    private volatile Hearing hearing = Hearing.NONE;

    public PulseBook(Duration patience) {
        this.patience = patience;
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

    void echo(Instant now) {
        hearing = hearing.echo(now);
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
