package dev.gantry.state.registry;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.log.Change;
import dev.gantry.state.webhook.WebhookCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What became of a command: the change and the reply together. */
public sealed interface Decision {
    /**
     * @param change to be committed as it stands; without an object it removes the stored one
     * @param reply the object as the client shall see it, but for the revision that the commit
     *     gives
     * @param mark of an object that goes at once: that it is going, which is told before it is gone
     * @param alongside further changes: all are committed together, or none is
     */
    record Commit(Change change, Resource reply, Optional<Change> mark, List<Change> alongside)
            implements Decision {
        Commit(Change change, Resource reply) {
            this(change, reply, List.of());
        }

        Commit(Change change, Resource reply, List<Change> alongside) {
            this(change, reply, Optional.empty(), alongside);
        }

        Commit replying(Resource other) {
            return new Commit(change, other, mark, alongside);
        }

        /** A removal that begins with that. */
        Commit marking(Change first) {
            return new Commit(change, reply, Optional.of(first), alongside);
        }

        /** Together with further changes. */
        Commit alongside(List<Change> further) {
            if (further.isEmpty()) {
                return this;
            }
            List<Change> all = new ArrayList<>(alongside);
            all.addAll(further);
            return new Commit(change, reply, mark, List.copyOf(all));
        }

        /** In the order in which they happen: see {@link #place}. */
        public List<Change> group() {
            List<Change> all = new ArrayList<>(alongside.size() + 2);
            mark.ifPresent(all::add);
            all.add(change);
            all.addAll(alongside);
            return all;
        }

        /** Of the change in its group. */
        public int place() {
            return mark.isPresent() ? 1 : 0;
        }

        public boolean removes() {
            return change.object().isEmpty();
        }
    }

    /** Nothing to write: the stored object is already as wanted. */
    record Unchanged(Resource reply) implements Decision {}

    record Refuse(Refusal why) implements Decision {}

    /** Not before these calls are answered: then the same is to be decided again. */
    record Ask(List<WebhookCall> calls) implements Decision {}

    /**
     * Not before the gateway's authorizers have judged these: then the whole request comes again.
     */
    record AskAuthorizers(List<AskedAccess> asked) implements Decision {}

    /** Stores anew what is as it shall be. */
    static Decision rewrite(Target target, Resource object, DecisionContext context) {
        Change change =
                new Change(
                        target.key(),
                        object.revision(),
                        Optional.of(object),
                        context.actor(),
                        context.now());
        return new Commit(change, object);
    }

    /** What is decided where admission lets the request go on. */
    static Decision after(Admission admission, Supplier<Decision> next) {
        return switch (admission) {
            case Admission.Admitted _ -> next.get();
            case Admission.Refused(var why) -> new Refuse(why);
            // The whole request comes again, and would ask webhooks anew.
            case Admission.Asking(_, var asked) when !asked.isEmpty() -> new AskAuthorizers(asked);
            case Admission.Asking(var calls, _) -> new Ask(calls);
        };
    }

    static Decision unless(Optional<Refusal> refusal, Supplier<Decision> next) {
        return refusal.<Decision>map(Refuse::new).orElseGet(next);
    }
}
