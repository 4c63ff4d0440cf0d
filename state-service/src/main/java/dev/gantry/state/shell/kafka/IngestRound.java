package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.CommitOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the messages of one poll. In each round those are decided that are the next ones about
 * all their pods, and handed to the committer together; what was stale is decided again in the next
 * round.
 */
final class IngestRound<M> {
    private static final Logger LOG = LoggerFactory.getLogger(IngestRound.class);
    private static final int MOST_TRIES = 100;

    private final Intake<M> intake;
    private final BatchedWrites writes;
    private final Map<Uid, Deque<Pending<M>>> bySubject = new HashMap<>();
    private final SequencedSet<Pending<M>> waiting = new LinkedHashSet<>();
    private final List<Refused<M>> refused = new ArrayList<>();

    IngestRound(Intake<M> intake, BatchedWrites writes) {
        this.intake = intake;
        this.writes = writes;
    }

    /** Each is itself only: the same message may come twice. */
    private static final class Pending<M> {
        private final M message;
        private final List<Uid> subjects;
        private int tries;

        private Pending(M message, List<Uid> subjects) {
            this.message = message;
            this.subjects = subjects;
        }
    }

    private record Refused<M>(M message, String why) {}

    private record Underway<M>(Pending<M> pending, CompletableFuture<CommitOutcome> outcome) {}

    void add(M message) {
        if (!intake.isCurrent(message)) {
            LOG.debug("left out {}: it is of an older term", message);
            return;
        }
        var next = new Pending<>(message, intake.subjects(message));
        for (Uid subject : next.subjects) {
            Deque<Pending<M>> queue = queue(subject);
            while (!queue.isEmpty() && intake.isOvertakenBy(queue.getLast().message, message)) {
                waiting.remove(queue.removeLast());
            }
            queue.addLast(next);
        }
        waiting.add(next);
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    /** Whether somebody is to be told that a message has no effect. */
    boolean hasRefused() {
        return !refused.isEmpty();
    }

    /**
     * To be called when the offset behind them is durable. A replica that was deposed tells nobody:
     * its successor may have begun in front of that offset, and take in what we refused.
     *
     * <p>Cost: one look at the write lease for all refusals of a poll, and no fsync.
     */
    void tellRefused() throws InterruptedException {
        if (outcome(writes.submit(List.of(), 0)) instanceof CommitOutcome.Committed) {
            refused.forEach(each -> intake.reject(each.message, each.why));
        } else {
            LOG.info("{} refusals are not told: another replica leads", refused.size());
        }
        refused.clear();
    }

    /** Returns whether the committer took writes; false means to wait before the next round. */
    boolean run() throws InterruptedException {
        List<Underway<M>> underway = new ArrayList<>();
        for (Pending<M> next : ready()) {
            switch (decide(next.message)) {
                case Verdict.Commit commit ->
                        underway.add(
                                new Underway<>(
                                        next,
                                        writes.submit(commit.group(), commit.reportSequence())));
                case Verdict.Reject reject -> refuse(next, reject.why());
                case Verdict.Drop drop -> {
                    LOG.debug("dropped {}: {}", next.message, drop.why());
                    finish(next);
                }
            }
        }
        boolean isAvailable = true;
        for (Underway<M> each : underway) {
            isAvailable &= settle(each);
        }
        return isAvailable;
    }

    /** In the order of the topic. */
    private List<Pending<M>> ready() {
        return waiting.stream()
                .filter(each -> each.subjects.stream().allMatch(s -> queue(s).peek() == each))
                .toList();
    }

    private boolean settle(Underway<M> done) throws InterruptedException {
        switch (outcome(done.outcome)) {
            case CommitOutcome.Committed _ -> finish(done.pending);
            case CommitOutcome.Stale stale ->
                    again(done.pending, stale.key() + " changes all the time");
            case CommitOutcome.TooLarge large ->
                    refuse(done.pending, large.key() + " would be too large");
            case CommitOutcome.Unavailable away -> {
                again(done.pending, away.why());
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
    private static CommitOutcome outcome(CompletableFuture<CommitOutcome> asked)
            throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException unknown) {
            return new CommitOutcome.Unavailable(String.valueOf(unknown.getCause()));
        }
    }

    private void again(Pending<M> pending, String why) {
        pending.tries++;
        if (pending.tries > MOST_TRIES) {
            refuse(pending, why);
        }
    }

    private void refuse(Pending<M> pending, String why) {
        refused.add(new Refused<>(pending.message, why));
        finish(pending);
    }

    private void finish(Pending<M> pending) {
        waiting.remove(pending);
        for (Uid subject : pending.subjects) {
            queue(subject).remove(pending);
        }
    }

    private Deque<Pending<M>> queue(Uid subject) {
        return bySubject.computeIfAbsent(subject, _ -> new ArrayDeque<>());
    }
}
