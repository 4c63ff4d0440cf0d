package dev.gantry.state.shell.api;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides over what is stored and commits, again and again while others are faster.
 *
 * <p>A decision that depends on a revision refuses by itself at the next attempt, so that every
 * attempt may simply be repeated.
 */
final class Commits {
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StateLog log;

    Commits(StateLog log) {
        this.log = log;
    }

    /** One attempt at a decision; a new one each time, since it may be made several times. */
    interface Attempt {
        Decision decide(Optional<StoredObject> stored);

        /** Told that the last decision was committed, or came to nothing. */
        default void settle() {}
    }

    /**
     * What was done.
     *
     * @param stored the object as committed, or as it was found; empty after a dry run
     * @param tree the object as the decision replied with it
     */
    record Done(
            Optional<StoredObject> stored, Resource tree, boolean isRemoved, boolean isCreated) {}

    Done run(ObjectKey key, boolean isDryRun, Attempt attempt) throws InterruptedException {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            Optional<StoredObject> stored = log.get(key);
            Optional<Done> done =
                    switch (attempt.decide(stored)) {
                        case Decision.Refuse(var why) -> throw settled(attempt, why);
                        case Decision.Unchanged(var reply) -> {
                            attempt.settle();
                            yield Optional.of(new Done(stored, reply, false, false));
                        }
                        case Decision.Commit commit when isDryRun -> {
                            attempt.settle();
                            yield Optional.of(
                                    new Done(
                                            Optional.empty(),
                                            commit.reply(),
                                            commit.removes(),
                                            stored.isEmpty()));
                        }
                        case Decision.Commit commit -> commit(commit, stored, attempt);
                    };
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new Refused(
                new Refusal.Unavailable("%s changes too fast".formatted(key), RETRY_AFTER));
    }

    /** Empty where somebody else was faster. */
    private Optional<Done> commit(
            Decision.Commit commit, Optional<StoredObject> stored, Attempt attempt)
            throws InterruptedException {
        Change change = commit.change();
        switch (log.commit(List.of(change))) {
            case CommitOutcome.Committed(var objects) -> {
                attempt.settle();
                return Optional.of(
                        new Done(
                                Optional.of(objects.getFirst()),
                                commit.reply(),
                                commit.removes(),
                                stored.isEmpty()));
            }
            case CommitOutcome.Stale _ -> {
                attempt.settle();
                return Optional.empty();
            }
            case CommitOutcome.Unavailable(var why) ->
                    throw settled(attempt, new Refusal.Unavailable(why, RETRY_AFTER));
        }
    }

    private static Refused settled(Attempt attempt, Refusal why) {
        attempt.settle();
        return new Refused(why);
    }
}
