package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.CommitOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the messages of one poll. In each round one message per pod is decided and all are
 * handed to the committer together; what was stale is decided again in the next round.
 */
final class IngestRound<M> {
    private static final Logger LOG = LoggerFactory.getLogger(IngestRound.class);
    private static final int MOST_TRIES = 100;

    private final Intake<M> intake;
    private final BatchedWrites writes;
    private final Map<Uid, Deque<Pending<M>>> waiting = new LinkedHashMap<>();

    IngestRound(Intake<M> intake, BatchedWrites writes) {
        this.intake = intake;
        this.writes = writes;
    }

    private record Pending<M>(M message, int tries) {}

    private record Underway<M>(
            Uid subject, Pending<M> pending, CompletableFuture<CommitOutcome> outcome) {}

    void add(M message) {
        if (!intake.isCurrent(message)) {
            LOG.debug("left out {}: it is of an older term", message);
            return;
        }
        Deque<Pending<M>> queue =
                waiting.computeIfAbsent(intake.subject(message), _ -> new ArrayDeque<>());
        while (!queue.isEmpty() && intake.isOvertakenBy(queue.getLast().message(), message)) {
            queue.removeLast();
        }
        queue.addLast(new Pending<>(message, 0));
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    /** Returns whether the committer took writes; false means to wait before the next round. */
    boolean run() throws InterruptedException {
        List<Underway<M>> underway = new ArrayList<>();
        for (Uid subject : List.copyOf(waiting.keySet())) {
            Pending<M> next = waiting.getOrDefault(subject, new ArrayDeque<>()).getFirst();
            switch (decide(next.message())) {
                case Verdict.Commit commit ->
                        underway.add(
                                new Underway<>(
                                        subject,
                                        next,
                                        writes.submit(commit.group(), commit.reportSequence())));
                case Verdict.Reject reject -> {
                    intake.reject(next.message(), reject.why());
                    finish(subject);
                }
                case Verdict.Drop drop -> {
                    LOG.debug("dropped {}: {}", next.message(), drop.why());
                    finish(subject);
                }
            }
        }
        boolean isAvailable = true;
        for (Underway<M> each : underway) {
            isAvailable &= settle(each);
        }
        return isAvailable;
    }

    private boolean settle(Underway<M> done) throws InterruptedException {
        switch (outcome(done)) {
            case CommitOutcome.Committed _ -> finish(done.subject());
            case CommitOutcome.Stale stale -> again(done, stale.key() + " changes all the time");
            case CommitOutcome.Unavailable away -> {
                again(done, away.why());
                return false;
            }
        }
        return true;
    }

    /** A message that no code of ours can read must not hold up those behind it. */
    private Verdict decide(M message) {
        try {
            return intake.decide(message);
        } catch (RuntimeException malformed) {
            LOG.warn("cannot make sense of {}", message, malformed);
            return new Verdict.Drop("malformed");
        }
    }

    /**
     * An outcome that is not known is looked at again: the decision sees whether it took effect.
     */
    private static CommitOutcome outcome(Underway<?> done) throws InterruptedException {
        try {
            return done.outcome().get();
        } catch (ExecutionException unknown) {
            return new CommitOutcome.Unavailable(String.valueOf(unknown.getCause()));
        }
    }

    private void again(Underway<M> done, String why) {
        Pending<M> pending = done.pending();
        if (pending.tries() >= MOST_TRIES) {
            intake.reject(pending.message(), why);
            finish(done.subject());
            return;
        }
        Deque<Pending<M>> queue = waiting.getOrDefault(done.subject(), new ArrayDeque<>());
        queue.removeFirst();
        queue.addFirst(new Pending<>(pending.message(), pending.tries() + 1));
    }

    private void finish(Uid subject) {
        Deque<Pending<M>> queue = waiting.getOrDefault(subject, new ArrayDeque<>());
        queue.pollFirst();
        if (queue.isEmpty()) {
            waiting.remove(subject);
        }
    }
}
