package dev.gantry.acceptance.operator;

import java.time.Duration;

/** For how long the leader among an operator's replicas leads without being heard. */
public final class Lease {
    /** In which a process is told, in seconds, where it is not to be the usual length. */
    static final String VARIABLE = "OPERATOR_LEASE_SECONDS";

    private static final String USUAL = "15";

    private Lease() {}

    public static Duration length() {
        return Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault(VARIABLE, USUAL)));
    }

    /** By when a leader that is not answered no longer leads. */
    public static Duration renewDeadline() {
        return length().multipliedBy(4).dividedBy(5);
    }
}
