package dev.gantry.state.registry;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.Change;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.strategy.Deletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a DELETE does: nothing yet, a mark, or the removal.
 *
 * <p>Compat: {@code BeforeDelete} and {@code Store.Delete} of apiserver's generic registry.
 *
 * <pre>
 *   live --(grace > 0, or finalizers)--> marked --(grace 0, or the last finalizer goes)--> removed
 *   live --(neither)-------------------------------------------------------------------> removed
 * </pre>
 *
 * <p>What could go gracefully and goes at once is marked and removed in one commit, so that a watch
 * sees both, as upstream.
 */
final class Deletions {
    private Deletions() {}

    static Decision decide(
            Target target, DeletionOptions options, Resource stored, DecisionContext context) {
        Optional<Refusal> refusal =
                forbidden(target, stored).or(() -> brokenPrecondition(target, options, stored));
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get());
        }
        return switch (target.strategy().deletion()) {
            case IMMEDIATE -> decideImmediate(target, options, stored, context);
            case GRACEFUL -> decideGraceful(target, options, stored, context);
            case ONCE_EMPTY -> decideOnceEmpty(target, options, stored, context);
            case MARKED_FIRST -> decideMarkedFirst(target, options, stored, context);
        };
    }

    /** Whether an update has taken away the last thing that kept a marked object. */
    static boolean isDue(Target target, Resource object) {
        if (!object.isBeingDeleted() || !object.finalizers().isEmpty()) {
            return false;
        }
        return target.strategy().deletion() == Deletion.ONCE_EMPTY
                ? object.spec().path("finalizers").isEmpty()
                : graceOf(object) == 0;
    }

    static Decision.Commit removal(Target target, Resource stored, DecisionContext context) {
        Change change =
                new Change(
                        stored.key(target.resource()),
                        stored.revision(),
                        Optional.empty(),
                        context.actor(),
                        context.now());
        return new Decision.Commit(change, stored);
    }

    private static Optional<Refusal> forbidden(Target target, Resource stored) {
        return target.strategy()
                .whyUndeletable(stored.name())
                .map(why -> new Refusal.Forbidden(target.requested(), stored.name(), why));
    }

    private static Optional<Refusal> brokenPrecondition(
            Target target, DeletionOptions options, Resource stored) {
        if (hasOwnWords(target.strategy().deletion())) {
            return mismatch("UID", options.uid(), stored.uid().value())
                    .or(
                            () ->
                                    mismatch(
                                            "ResourceVersion",
                                            options.resourceVersion(),
                                            stored.revision().toString()))
                    .map(why -> new Refusal.Conflict(target.requested(), stored.name(), why));
        }
        String uid = stored.uid().value();
        if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
            return Optional.of(
                    conflict(
                            target,
                            stored,
                            "the UID in the precondition (%s) does not match the UID in record"
                                    + " (%s). The object might have been deleted and then recreated",
                            options.uid(),
                            uid));
        }
        String revision = stored.revision().toString();
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(revision)) {
            return Optional.of(
                    conflict(
                            target,
                            stored,
                            "the ResourceVersion in the precondition (%s) does not match the"
                                    + " ResourceVersion in record (%s). The object might have been"
                                    + " modified",
                            options.resourceVersion(),
                            revision));
        }
        return Optional.empty();
    }

    /** Compat: kinds whose storage marks them itself compare preconditions themselves, too. */
    private static boolean hasOwnWords(Deletion deletion) {
        return deletion == Deletion.ONCE_EMPTY || deletion == Deletion.MARKED_FIRST;
    }

    private static Optional<String> mismatch(String what, String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found)
                ? Optional.empty()
                : Optional.of(
                        "Precondition failed: %s in precondition: %s, %s in object meta: %s"
                                .formatted(what, wanted, what, found));
    }

    /** Compat: upstream names the kind here, not the resource. */
    private static Refusal conflict(
            Target target, Resource stored, String format, String wanted, String found) {
        GroupResource named = new GroupResource(target.kind().group(), target.kind().kindName());
        return new Refusal.Conflict(named, stored.name(), format.formatted(wanted, found));
    }

    private static Decision decideImmediate(
            Target target, DeletionOptions options, Resource stored, DecisionContext context) {
        return finish(target, stored, marked(target, stored, options, context.now()), context);
    }

    /** Compat: neither a grace period nor a generation is noted with the first mark. */
    private static Decision decideMarkedFirst(
            Target target, DeletionOptions options, Resource stored, DecisionContext context) {
        if (stored.isBeingDeleted()) {
            return decideImmediate(target, options, stored, context);
        }
        Resource marked = stored.copy();
        marked.mutableMetadata().put("deletionTimestamp", Conditions.timestamp(context.now()));
        target.strategy().markForDeletion(marked.tree(), context.now());
        return Trees.commit(target, marked, stored, context);
    }

    private static Decision decideOnceEmpty(
            Target target, DeletionOptions options, Resource stored, DecisionContext context) {
        if (!stored.isBeingDeleted()) {
            Resource marked = stored.copy();
            ObjectNode metadata = marked.mutableMetadata();
            metadata.put("deletionTimestamp", Conditions.timestamp(context.now()));
            Finalizers.set(metadata, Finalizers.forDeletion(target, stored, options));
            Resource.child(marked.tree(), "status").put("phase", "Terminating");
            return Trees.commit(target, marked, stored, context);
        }
        return isDue(target, stored)
                ? removal(target, stored, context)
                : new Decision.Unchanged(stored);
    }

    private static Decision decideGraceful(
            Target target, DeletionOptions options, Resource stored, DecisionContext context) {
        if (!stored.isBeingDeleted()) {
            long grace =
                    atLeastOneIfNegative(
                            target.strategy()
                                    .gracePeriodSeconds(
                                            stored.tree(), options.gracePeriodSeconds()));
            Resource marked = stored.copy();
            markWithGrace(marked, context.now().plusSeconds(grace), grace);
            bumpGeneration(marked);
            Finalizers.set(
                    marked.mutableMetadata(), Finalizers.forDeletion(target, stored, options));
            return finish(target, stored, marked, context);
        }
        long current = graceOf(stored);
        long wanted = atLeastOneIfNegative(options.gracePeriodSeconds().orElse(current));
        if (wanted >= current) {
            return new Decision.Unchanged(stored);
        }
        Resource marked = stored.copy();
        Instant start = stored.deletionTime().orElse(context.now()).minusSeconds(current);
        markWithGrace(marked, start.plusSeconds(wanted), wanted);
        Finalizers.set(marked.mutableMetadata(), Finalizers.forDeletion(target, stored, options));
        return finish(target, stored, marked, context);
    }

    /** Compat: {@code markAsDeleting}, for kinds without graceful deletion. */
    private static Resource marked(
            Target target, Resource stored, DeletionOptions options, Instant now) {
        Resource marked = stored.copy();
        List<String> finalizers = Finalizers.forDeletion(target, stored, options);
        Finalizers.set(marked.mutableMetadata(), finalizers);
        if (!stored.metadata().has("deletionGracePeriodSeconds")) {
            bumpGeneration(marked);
        }
        Instant when = stored.deletionTime().filter(each -> !each.isAfter(now)).orElse(now);
        markWithGrace(marked, when, 0);
        return marked;
    }

    private static Decision finish(
            Target target, Resource stored, Resource marked, DecisionContext context) {
        if (!isDue(target, marked)) {
            return Trees.commit(target, marked, stored, context);
        }
        Decision.Commit removal = removal(target, stored, context);
        return target.strategy().deletion() == Deletion.GRACEFUL
                ? removal.replying(marked).marking(removal.change().with(marked))
                : removal;
    }

    /** The seconds as they are read again: a second mark is compared with the first one. */
    private static void markWithGrace(Resource object, Instant when, long seconds) {
        ObjectNode metadata = object.mutableMetadata();
        metadata.put("deletionTimestamp", Conditions.timestamp(when));
        if (seconds == (int) seconds) {
            metadata.put("deletionGracePeriodSeconds", (int) seconds);
        } else {
            metadata.put("deletionGracePeriodSeconds", seconds);
        }
    }

    private static void bumpGeneration(Resource object) {
        if (object.generation() > 0) {
            object.mutableMetadata().put("generation", object.generation() + 1);
        }
    }

    private static long graceOf(Resource object) {
        return object.metadata().path("deletionGracePeriodSeconds").asLong(0);
    }

    private static long atLeastOneIfNegative(long seconds) {
        return seconds < 0 ? 1 : seconds;
    }
}
