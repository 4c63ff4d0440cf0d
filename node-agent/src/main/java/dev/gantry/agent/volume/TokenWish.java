package dev.gantry.agent.volume;

import java.time.Duration;

/** A service account token that a projected volume asks for. */
public record TokenWish(String audience, Duration lifetime) implements Comparable<TokenWish> {
    @Override
    public int compareTo(TokenWish other) {
        int byAudience = audience.compareTo(other.audience);
        return byAudience != 0 ? byAudience : lifetime.compareTo(other.lifetime);
    }
}
