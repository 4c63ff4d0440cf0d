package dev.gantry.agent.probe;

/**
 * What one question brought.
 *
 * @param words what was said, for events; may be empty
 */
public record ProbeOutcome(boolean isGood, String words) {}
