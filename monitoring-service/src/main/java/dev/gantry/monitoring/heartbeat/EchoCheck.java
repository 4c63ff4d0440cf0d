package dev.gantry.monitoring.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether heartbeats can reach this process at all. It sends itself an echo on the way that
 * heartbeats take; when the echo stays away, silence says nothing about nodes.
 *
 * @param since from when on echoes came without a gap; empty where none came yet
 * @param lastEcho the newest
 */
public record EchoCheck(Optional<Instant> since, Optional<Instant> lastEcho) {
    public static final EchoCheck NONE = new EchoCheck(Optional.empty(), Optional.empty());

    /** Longer than this without an echo is a gap; echoes are sent every two seconds. */
    private static final Duration GAP = Duration.ofSeconds(6);

    public EchoCheck echo(Instant now) {
        boolean goesOn = lastEcho.filter(last -> !last.plus(GAP).isBefore(now)).isPresent();
        return new EchoCheck(goesOn ? since : Optional.of(now), Optional.of(now));
    }

    public boolean isOpen(Instant now) {
        return lastEcho.filter(last -> !last.plus(GAP).isBefore(now)).isPresent();
    }

    /** Whether echoes have come without a gap for so long. */
    public boolean hasListenedFor(Duration patience, Instant now) {
        return isOpen(now) && since.filter(from -> !from.plus(patience).isAfter(now)).isPresent();
    }

    /**
     * When a node last heard at {@code heardAt} counts as silent; empty while that cannot be told.
     * After a gap every node has the whole patience again.
     */
    public Optional<Instant> silentAt(Optional<Instant> heardAt, Duration patience, Instant now) {
        if (!isOpen(now)) {
            return Optional.empty();
        }
        return since.map(
                from -> heardAt.filter(heard -> heard.isAfter(from)).orElse(from).plus(patience));
    }
}
