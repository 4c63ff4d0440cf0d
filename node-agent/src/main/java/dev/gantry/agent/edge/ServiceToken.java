package dev.gantry.agent.edge;

import java.time.Instant;

/** A token of a service account. */
public record ServiceToken(String value, Instant issuedAt, Instant expiresAt) {
    @Override
    public String toString() {
        return "ServiceToken[until " + expiresAt + "]";
    }
}
