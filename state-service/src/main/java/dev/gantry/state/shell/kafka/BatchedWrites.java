package dev.gantry.state.shell.kafka;

import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands groups to the committer without waiting for each, so that many share one commit. */
@FunctionalInterface
public interface BatchedWrites {
    /**
     * A group of no changes is committed only if this replica leads at that moment, and the
     * database has said so: whoever took over since reads all that was durable before.
     *
     * @param reportSequence goes with the objects that are put; 0 for none
     */
    CompletableFuture<CommitOutcome> submit(List<Change> group, long reportSequence);
}
