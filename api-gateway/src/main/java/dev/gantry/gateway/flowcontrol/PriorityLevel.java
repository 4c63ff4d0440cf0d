package dev.gantry.gateway.flowcontrol;

/**
 * How important requests are to the cluster, and how much of the gateway they may take. A name for
 * what upstream keeps in a PriorityLevelConfiguration.
 *
 * @param isExempt never waits for a seat
 * @param shares its part of seats and memory, against those of all levels
 * @param mostOfUser how many connections, and how many watches, logs and the like, one user may
 *     have open at once
 */
public record PriorityLevel(String name, boolean isExempt, int shares, int mostOfUser) {
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** Whose users are parts of the platform, or its masters, and may take all that there is. */
    public boolean isTrusted() {
        return mostOfUser == UNLIMITED;
    }
}
