package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.Verdict;
import java.util.List;
import java.util.Set;

/**
 * One kind of fact that comes in.
 *
 * @param <M> its message
 */
interface Intake<M> {
    /** Where the messages are, just now; the same object as long as it is the same topics. */
    Set<String> topics();

    /** Whether such a message may stand in the topic: a topic may belong to one sender. */
    boolean mayComeFrom(String topic, M message);

    Class<M> type();

    /** Messages about one pod are taken in one after the other; some are about several. */
    List<Uid> subjects(M message);

    /**
     * Whether the later message about the same pod makes the earlier one needless, which then is
     * about this pod alone.
     */
    boolean isOvertakenBy(M earlier, M later);

    /** Asked once for each message, in the order of the topic; those that are not are left out. */
    boolean isCurrent(M message);

    Verdict decide(M message);

    /** What must be known again by whoever goes on from here, in words; empty where nothing. */
    String memory();

    /** What was known to whoever took in all before the first message; asked once. */
    void recall(String memory);

    /**
     * Tells the sender that the message has no effect.
     *
     * <p>Invariant: by then nobody can read it again. Else it might be found to hold the second
     * time, when the sender has decided otherwise.
     */
    void reject(M message, String why);
}
