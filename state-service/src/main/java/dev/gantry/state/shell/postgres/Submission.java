package dev.gantry.state.shell.postgres;

import dev.gantry.state.commit.Proposal;
import dev.gantry.state.log.CommitOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One group on its way through the committer, and who waits for it. */
final class Submission {
    private final List<Proposal> group;
    private final long bytes;
    private final CompletableFuture<CommitOutcome> outcome = new CompletableFuture<>();

    Submission(List<Proposal> group) {
        this.group = group;
        long sum = 0;
        for (Proposal each : group) {
            sum += each.object() == null ? 1024 : each.object().json().length;
        }
        this.bytes = sum;
    }

    List<Proposal> group() {
        return group;
    }

    /** Nothing is to be written: it is asked whether this replica still leads. */
    boolean isQuestion() {
        return group.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    CompletableFuture<CommitOutcome> outcome() {
        return outcome;
    }

    void refuse(String why) {
        outcome.complete(new CommitOutcome.Unavailable(why));
    }
}
