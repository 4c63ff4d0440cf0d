package dev.gantry.state.ingest;

import dev.gantry.state.log.Change;
import java.util.List;

/** What is to be done about a message. */
public sealed interface Verdict {
    /**
     * @param group taken whole or not at all
     * @param reportSequence goes with the pod; 0 where the message is no report
     */
    record Commit(List<Change> group, long reportSequence) implements Verdict {}

    /** The sender is told, since it counts on the effect. */
    record Reject(String why) implements Verdict {}

    /** Nothing to do: repeated, overtaken, or about something that is no more. */
    record Drop(String why) implements Verdict {}
}
