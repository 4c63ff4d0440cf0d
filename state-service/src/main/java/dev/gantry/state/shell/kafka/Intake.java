package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.Verdict;

/**
 * One kind of fact that comes in.
 *
 * @param <M> its message
 */
interface Intake<M> {
    String topic();

    Class<M> type();

    /** Messages about one pod are taken in one after the other. */
    Uid subject(M message);

    /** Whether the later message about the same pod makes the earlier one needless. */
    boolean isOvertakenBy(M earlier, M later);

    /** Asked once for each message, in the order of the topic; those that are not are left out. */
    boolean isCurrent(M message);

    Verdict decide(M message);

    /** Tells the sender that the message has no effect. */
    void reject(M message, String why);
}
