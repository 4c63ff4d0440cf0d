package dev.gantry.state.shell.postgres;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.shell.live.LiveState;
import java.util.List;

/** Makes durable batches visible and answers those who wait. Used by one thread at a time. */
final class Publication {
    private final LiveState live;
    private final CommitListener listener;
    private Revision lastDurable = Revision.NONE;

    Publication(LiveState live, CommitListener listener) {
        this.live = live;
        this.listener = listener;
    }

    /** What is published next follows the state at that revision. */
    void startFrom(Revision revision) {
        lastDurable = revision;
    }

    /** Throws a Bug where that fails: what is in the log and not in memory is past mending. */
    void publish(SentBatch sent) {
        try {
            show(sent);
        } catch (RuntimeException fault) {
            throw new Bug("a durable batch cannot be published: " + fault, fault);
        }
    }

    private void show(SentBatch sent) {
        if (!sent.batch().entries().isEmpty()) {
            live.publish(sent.batch().after(), sent.batch().entries());
            if (!sent.durable().isEmpty()) {
                listener.onCommitted(lastDurable, sent.durable());
                lastDurable = sent.durable().getLast().revision();
            }
        }
        List<Submission> groups = sent.groups();
        for (int group = 0; group < groups.size(); group++) {
            CommitOutcome outcome = sent.batch().outcomes().get(group);
            groups.get(group).outcome().complete(outcome);
        }
    }
}
