package dev.gantry.agent.volume;

import java.time.Duration;

/** A service account token that a projected volume asks for. */
public record TokenProjection(String audience, Duration lifetime)
        implements Comparable<TokenProjection> {
    @Override
    public int compareTo(TokenProjection other) {
        int byAudience = audience.compareTo(other.audience);
        return byAudience != 0 ? byAudience : lifetime.compareTo(other.lifetime);
    }
}
