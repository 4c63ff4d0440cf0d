package dev.gantry.state.shell.api.write;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Decision;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.Done;
import dev.gantry.state.shell.api.reply.AuditAnnotations;
import dev.gantry.state.shell.api.reply.AuthorizersAsked;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.webhook.Discussion;
import dev.gantry.state.shell.webhook.WebhookCalls;
import dev.gantry.state.shell.webhook.WebhookConversions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides over what is stored and commits, again and again while others are faster.
 *
 * <p>A decision that depends on a revision refuses by itself at the next attempt, so that every
 * attempt may simply be repeated.
 */
public final class Commits {
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StateLog log;
    private final WebhookCalls webhooks;
    private final WebhookConversions conversions;

    public Commits(StateLog log, WebhookCalls webhooks, WebhookConversions conversions) {
        this.log = log;
        this.webhooks = webhooks;
        this.conversions = conversions;
    }

    /** One attempt at a decision; a new one each time, since it may be made several times. */
    public interface Attempt {
        Decision decide(Optional<StoredObject> stored, DecisionContext context);

        /** Told after each decision, once it is committed or came to nothing. */
        default void settle() {}
    }

    /**
     * Webhooks that a decision asks for are called between two attempts at it: what was found by
     * the first may have changed by then, and the second looks again.
     *
     * @param target decided is in its version, whatever the one is in which objects are stored
     */
    public Done run(Target target, DecisionContext context, Attempt attempt)
            throws InterruptedException {
        Discussion discussion = webhooks.discussion();
        int overtaken = 0;
        while (overtaken < MOST_ATTEMPTS) {
            DecisionContext now = context.with(discussion.answers());
            Decision decision;
            try {
                Optional<StoredObject> found = log.get(target.key());
                Optional<StoredObject> stored = conversions.read(target.version(), found);
                decision = rewritten(target, found, attempt.decide(stored, now), now);
                Optional<Done> done = step(target, decision, stored, now);
                if (done.isPresent()) {
                    return done.get();
                }
            } finally {
                attempt.settle();
            }
            if (decision instanceof Decision.Ask(var calls)) {
                discussion.ask(calls);
            } else {
                overtaken++;
            }
        }
        throw new Refused(
                new Refusal.Unavailable(
                        "%s changes too fast".formatted(target.key()), RETRY_AFTER));
    }

    /**
     * Compat: what nothing is changed of is written all the same where it would be stored in
     * another version than it is, or sealed with another key: so objects are migrated.
     */
    private Decision rewritten(
            Target target,
            Optional<StoredObject> found,
            Decision decision,
            DecisionContext context) {
        return decision instanceof Decision.Unchanged(var reply)
                        && found.isPresent()
                        && (conversions.isOutdated(target.version(), found.get())
                                || log.isSealOutdated(target.key()))
                ? Decision.rewrite(target, reply, context)
                : decision;
    }

    /** Empty where somebody else was faster, or a webhook is to be called first. */
    private Optional<Done> step(
            Target target,
            Decision decision,
            Optional<StoredObject> stored,
            DecisionContext context)
            throws InterruptedException {
        List<String> warnings = context.request().notes().warnings();
        if (!(decision instanceof Decision.Ask)) {
            AuditAnnotations.add(context.request().notes().annotations());
        }
        return switch (decision) {
            case Decision.Refuse(var why) -> throw new Refused(why, warnings);
            case Decision.Unchanged(var reply) ->
                    Optional.of(new Done(stored, reply, false, stored, warnings));
            case Decision.Ask _ -> Optional.empty();
            case Decision.AskAuthorizers(var asked) -> throw new AuthorizersAsked(asked);
            case Decision.Commit commit ->
                    context.request().isDryRun()
                            ? Optional.of(rehearse(commit, stored, warnings))
                            : commit(target, commit, stored, warnings);
        };
    }

    private static Done rehearse(
            Decision.Commit commit, Optional<StoredObject> before, List<String> warnings) {
        if (BodyEncoder.json(commit.reply().tree()).length > Bounds.MAX_BYTES) {
            throw new Refused(Bounds.tooManyBytes());
        }
        return new Done(Optional.empty(), commit.reply(), commit.removes(), before, warnings);
    }

    private Optional<Done> commit(
            Target target,
            Decision.Commit commit,
            Optional<StoredObject> before,
            List<String> warnings)
            throws InterruptedException {
        List<Change> group = stored(target, commit);
        CommitOutcome outcome;
        try {
            outcome = log.commit(group);
        } catch (OutcomeUnknown unknown) {
            throw new Refused(
                    new Refusal.Timeout(
                            "the server was unable to return a response in the time allotted, but"
                                    + " may still be processing the request"));
        }
        return switch (outcome) {
            case CommitOutcome.Committed(var objects) ->
                    Optional.of(
                            new Done(
                                    Optional.of(shown(target, commit, objects.get(commit.place()))),
                                    commit.reply(),
                                    commit.removes(),
                                    before,
                                    warnings));
            case CommitOutcome.Stale _ -> Optional.empty();
            case CommitOutcome.TooLarge _ -> throw new Refused(Bounds.tooManyBytes());
            case CommitOutcome.Unavailable(var why) ->
                    throw new Refused(new Refusal.Unavailable(why, RETRY_AFTER));
        };
    }

    /** What is gone is not converted once more: nobody sees more of it than its revision. */
    private StoredObject shown(Target target, Decision.Commit commit, StoredObject stored)
            throws InterruptedException {
        return commit.removes() ? stored : conversions.read(target.version(), stored);
    }

    /** The group with the object in the version in which it is stored. */
    private List<Change> stored(Target target, Decision.Commit commit) throws InterruptedException {
        Change decided = commit.change();
        if (target.version().webhook().isEmpty() || commit.removes()) {
            return commit.group();
        }
        Resource object = conversions.write(target.version(), decided.object().orElseThrow());
        List<Change> group = new ArrayList<>(commit.group());
        group.set(0, decided.with(object));
        return group;
    }
}
