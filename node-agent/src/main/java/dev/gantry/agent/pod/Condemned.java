package dev.gantry.agent.pod;

/** A pod that must end as Failed, and why: past its deadline, evicted, or refused by the node. */
public record Condemned(String reason, String message) {}
