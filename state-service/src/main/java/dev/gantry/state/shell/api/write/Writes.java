package dev.gantry.state.shell.api.write;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.allocation.Holdings;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Allocation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Decision;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.Names;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Edit;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.strategy.SubresourceRules;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Carries out writes: has them decided, and committed. */
public final class Writes {
    /** Compat: as often does upstream try another generated name. */
    private static final int MOST_NAMES = 8;

    private final WriteDependencies dependencies;

    public Writes(WriteDependencies dependencies) {
        this.dependencies = dependencies;
    }

    /** Creates under the name that the body brings, or a generated one. */
    public Done create(Target target, Body body, Intent intent) throws InterruptedException {
        boolean isGenerated = new Resource(body.tree()).name().isEmpty();
        for (int i = 1; ; i++) {
            DecisionContext context = momentOf(intent);
            Target named = target.named(Names.of(new Resource(body.tree()), context.seed()));
            try {
                Done done =
                        dependencies
                                .commits()
                                .run(named, context, new Creation(named, body, intent));
                return dependencies.establishment().awaited(done);
            } catch (Refused refused) {
                boolean isTaken = isGenerated && refused.why() instanceof Refusal.Exists;
                if (!isTaken || i == MOST_NAMES) {
                    throw refused;
                }
            }
        }
    }

    public Done update(Target target, SubresourceRules rules, Intent intent, Edit edit)
            throws InterruptedException {
        return dependencies
                .commits()
                .run(target, momentOf(intent), new Change(target, rules, intent, edit));
    }

    /**
     * Runs a command that needs nothing but the stored object.
     *
     * @param command made anew for each attempt
     */
    public Done run(Target target, Intent intent, Supplier<Command> command)
            throws InterruptedException {
        return run(target, momentOf(intent), command);
    }

    public Done run(Target target, DecisionContext context, Supplier<Command> command)
            throws InterruptedException {
        return dependencies
                .commits()
                .run(
                        target,
                        context,
                        (stored, now) ->
                                dependencies
                                        .registry()
                                        .decide(
                                                command.get(),
                                                stored.map(StoredObject::decode),
                                                now));
    }

    private DecisionContext momentOf(Intent intent) {
        return dependencies.contexts().of(intent.caller(), intent.options());
    }

    /** What the object was granted by the attempt that is under way. */
    private final class Granted implements Allocation {
        private Optional<Holdings> gained = Optional.empty();

        @Override
        public Optional<Refusal> begin(ObjectNode object, Optional<Resource> stored, long seed) {
            ServiceLedger.Grant grant = dependencies.ledger().grant(object, stored, seed);
            gained = grant.gained();
            return grant.refusal();
        }

        void settle() {
            gained.ifPresent(each -> dependencies.ledger().settle(each));
            gained = Optional.empty();
        }

        Allocation of(Target target, boolean isWhole) {
            return switch (target.definition().allocated()) {
                case NOTHING -> NONE;
                case SERVICE_ADDRESSES -> isWhole ? this : NONE;
            };
        }
    }

    private final class Creation implements Commits.Attempt {
        private final Granted granted = new Granted();
        private final Target target;
        private final Body body;
        private final Intent intent;

        Creation(Target target, Body body, Intent intent) {
            this.target = target;
            this.body = body;
            this.intent = intent;
        }

        @Override
        public Decision decide(Optional<StoredObject> stored, DecisionContext context) {
            Command command =
                    new Command.Create(
                            target,
                            body.fresh(),
                            intent.authorship(target),
                            granted.of(target, true));
            return dependencies
                    .registry()
                    .decide(command, stored.map(StoredObject::decode), context);
        }

        @Override
        public void settle() {
            granted.settle();
        }
    }

    private final class Change implements Commits.Attempt {
        private final Granted granted = new Granted();
        private final Target target;
        private final SubresourceRules rules;
        private final Intent intent;
        private final Edit edit;

        Change(Target target, SubresourceRules rules, Intent intent, Edit edit) {
            this.target = target;
            this.rules = rules;
            this.intent = intent;
            this.edit = edit;
        }

        @Override
        public Decision decide(Optional<StoredObject> found, DecisionContext context) {
            if (found.isEmpty()) {
                return new Decision.Refuse(target.missing());
            }
            Resource stored = found.get().decode();
            Judged<ObjectNode> edited = edit.of(stored, context);
            return context.unanswered().orElseGet(() -> decide(stored, edited, context));
        }

        private Decision decide(
                Resource stored, Judged<ObjectNode> edited, DecisionContext context) {
            return switch (edited) {
                case Judged.Refused(var why) -> new Decision.Refuse(why);
                case Judged.Accepted(var tree) -> decide(stored, tree, context);
            };
        }

        private Decision decide(Resource stored, ObjectNode tree, DecisionContext context) {
            Command command =
                    new Command.Update(
                            target,
                            tree,
                            rules,
                            intent.verb(),
                            intent.authorship(target),
                            granted.of(target, rules.isWhole()));
            return dependencies.registry().decide(command, Optional.of(stored), context);
        }

        @Override
        public void settle() {
            granted.settle();
        }
    }
}
