package dev.gantry.agent.pod;

/** Why a pod must end as Failed: past its deadline, evicted, or not admitted by the node. */
public record PodFailure(String reason, String message) {}
