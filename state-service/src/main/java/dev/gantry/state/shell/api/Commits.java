package dev.gantry.state.shell.api;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Decision;
import java.time.Duration;
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

        /** Told after each decision, once it is committed or came to nothing. */
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
            try {
                Optional<Done> done = step(attempt.decide(stored), stored, isDryRun);
                if (done.isPresent()) {
                    return done.get();
                }
            } finally {
                attempt.settle();
            }
        }
        throw new Refused(
                new Refusal.Unavailable("%s changes too fast".formatted(key), RETRY_AFTER));
    }

    /** Empty where somebody else was faster. */
    private Optional<Done> step(Decision decision, Optional<StoredObject> stored, boolean isDryRun)
            throws InterruptedException {
        return switch (decision) {
            case Decision.Refuse(var why) -> throw new Refused(why);
            case Decision.Unchanged(var reply) ->
                    Optional.of(new Done(stored, reply, false, false));
            case Decision.Commit commit ->
                    isDryRun
                            ? Optional.of(rehearse(commit, stored.isEmpty()))
                            : commit(commit, stored.isEmpty());
        };
    }

    private static Done rehearse(Decision.Commit commit, boolean isNew) {
        if (BodyEncoder.json(commit.reply().tree()).length > Bounds.MAX_BYTES) {
            throw new Refused(Bounds.tooManyBytes());
        }
        return done(Optional.empty(), commit, isNew);
    }

    private Optional<Done> commit(Decision.Commit commit, boolean isNew)
            throws InterruptedException {
        CommitOutcome outcome;
        try {
            outcome = log.commit(commit.group());
        } catch (OutcomeUnknown unknown) {
            throw new Refused(
                    new Refusal.Timeout(
                            "the server was unable to return a response in the time allotted, but"
                                    + " may still be processing the request"));
        }
        return switch (outcome) {
            case CommitOutcome.Committed(var objects) ->
                    Optional.of(done(Optional.of(objects.getFirst()), commit, isNew));
            case CommitOutcome.Stale _ -> Optional.empty();
            case CommitOutcome.TooLarge _ -> throw new Refused(Bounds.tooManyBytes());
            case CommitOutcome.Unavailable(var why) ->
                    throw new Refused(new Refusal.Unavailable(why, RETRY_AFTER));
        };
    }

    private static Done done(
            Optional<StoredObject> committed, Decision.Commit commit, boolean isNew) {
        return new Done(committed, commit.reply(), commit.removes(), isNew);
    }
}
