package dev.gantry.monitoring.heartbeat;

import java.time.Instant;

/** Times in seconds from a start, and hearings in which an echo came every two of them. */
final class Echoes {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Echoes() {}

    static EchoCheck between(int from, int to) {
        EchoCheck echoCheck = EchoCheck.NONE;
        for (int second = from; second <= to; second += 2) {
            echoCheck = echoCheck.echo(at(second));
        }
        return echoCheck;
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
