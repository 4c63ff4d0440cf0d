package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import java.util.List;

/** Hears what became durable, in order, on the committer's thread: must not block. */
public interface CommitListener {
    /**
     * @param before the last durable revision before these, so that a listener that missed some
     *     knows
     */
    void onCommitted(Revision before, List<LogEntry> entries);

    /** This replica began to lead (again): what it missed is in the log. */
    void onLeading();

    /** Nothing can be committed just now. */
    void onLeadingEnded();

    /** Another replica has led since: what is in memory here gets old. May come repeatedly. */
    void onOverruled();
}
