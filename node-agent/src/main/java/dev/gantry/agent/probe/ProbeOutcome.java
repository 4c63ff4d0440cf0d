package dev.gantry.agent.probe;

/**
 * What one question brought.
 *
 * @param isDoubtful good, but worth a warning
 * @param words what was said, for events; may be empty
 */
public record ProbeOutcome(boolean isGood, boolean isDoubtful, String words) {
    public ProbeOutcome(boolean isGood, String words) {
        this(isGood, false, words);
    }

    /** Good as far as it was asked, and worth a warning. */
    public static ProbeOutcome doubtful(String words) {
        return new ProbeOutcome(true, true, words);
    }
}
