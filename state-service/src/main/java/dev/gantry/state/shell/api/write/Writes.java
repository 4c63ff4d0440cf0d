package dev.gantry.state.shell.api.write;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.allocation.Holdings;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Allocation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Decision;
import dev.gantry.state.registry.Moment;
import dev.gantry.state.registry.Names;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Edit;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.strategy.Part;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Carries out writes: has them decided, and committed. */
public final class Writes {
    /** Compat: as often does upstream try another generated name. */
    private static final int MOST_NAMES = 8;

    private final Tools tools;

    public Writes(Tools tools) {
        this.tools = tools;
    }

    /** Creates under the name that the body brings, or a generated one. */
    public Done create(Target target, Body body, Intent intent) throws InterruptedException {
        boolean isGenerated = new Resource(body.tree()).name().isEmpty();
        for (int i = 1; ; i++) {
            Moment moment = momentOf(intent);
            Target named = target.named(Names.of(new Resource(body.tree()), moment.seed()));
            try {
                Done done = tools.commits().run(named, moment, new Creation(named, body, intent));
                return tools.establishment().awaited(done);
            } catch (Refused refused) {
                boolean isTaken = isGenerated && refused.why() instanceof Refusal.Exists;
                if (!isTaken || i == MOST_NAMES) {
                    throw refused;
                }
            }
        }
    }

    public Done update(Target target, Part part, Intent intent, Edit edit)
            throws InterruptedException {
        return tools.commits()
                .run(target, momentOf(intent), new Change(target, part, intent, edit));
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

    public Done run(Target target, Moment moment, Supplier<Command> command)
            throws InterruptedException {
        return tools.commits()
                .run(
                        target,
                        moment,
                        (stored, now) ->
                                tools.registry()
                                        .decide(
                                                command.get(),
                                                stored.map(StoredObject::decode),
                                                now));
    }

    private Moment momentOf(Intent intent) {
        return tools.moments().of(intent.caller(), intent.options());
    }

    /** What the object was granted by the attempt that is under way. */
    private final class Granted implements Allocation {
        private Optional<Holdings> gained = Optional.empty();

        @Override
        public Optional<Refusal> begin(ObjectNode object, Optional<Resource> stored, long seed) {
            ServiceLedger.Grant grant = tools.ledger().grant(object, stored, seed);
            gained = grant.gained();
            return grant.refusal();
        }

        void settle() {
            gained.ifPresent(each -> tools.ledger().settle(each));
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
        public Decision decide(Optional<StoredObject> stored, Moment moment) {
            Command command =
                    new Command.Create(
                            target,
                            body.fresh(),
                            intent.authorship(target),
                            granted.of(target, true));
            return tools.registry().decide(command, stored.map(StoredObject::decode), moment);
        }

        @Override
        public void settle() {
            granted.settle();
        }
    }

    private final class Change implements Commits.Attempt {
        private final Granted granted = new Granted();
        private final Target target;
        private final Part part;
        private final Intent intent;
        private final Edit edit;

        Change(Target target, Part part, Intent intent, Edit edit) {
            this.target = target;
            this.part = part;
            this.intent = intent;
            this.edit = edit;
        }

        @Override
        public Decision decide(Optional<StoredObject> found, Moment moment) {
            if (found.isEmpty()) {
                return new Decision.Refuse(target.missing());
            }
            Resource stored = found.get().decode();
            return switch (edit.of(stored, moment.now())) {
                case Judged.Refused(var why) -> new Decision.Refuse(why);
                case Judged.Accepted(var tree) -> decide(stored, tree, moment);
            };
        }

        private Decision decide(Resource stored, ObjectNode tree, Moment moment) {
            Command command =
                    new Command.Update(
                            target,
                            tree,
                            part,
                            intent.verb(),
                            intent.authorship(target),
                            granted.of(target, part.isWhole()));
            return tools.registry().decide(command, Optional.of(stored), moment);
        }

        @Override
        public void settle() {
            granted.settle();
        }
    }
}
