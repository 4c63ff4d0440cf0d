package dev.gantry.state.shell.kafka;

import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands groups to the committer without waiting for each, so that many share one commit. */
@FunctionalInterface
public interface BatchedWrites {
    /**
     * @param reportSequence goes with the objects that are put; 0 for none
     */
    CompletableFuture<CommitOutcome> submit(List<Change> group, long reportSequence);
}
