package dev.gantry.state.shell.api.write;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.allocation.Holdings;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Allocation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Decision;
import dev.gantry.state.registry.Moment;
import dev.gantry.state.registry.Names;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.strategy.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Answers create and update, and carries out the writes of all others. */
public final class Writes {
    /** Compat: as often does upstream try another generated name. */
    private static final int MOST_NAMES = 8;

    private final Tools tools;

    public Writes(Tools tools) {
        this.tools = tools;
    }

    public ApiReply create(Call call) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "CreateOptions");
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Bodies.Body body = tools.bodies().read(call, options);
        Done done = create(call.target(), body, Intent.of(call, options, ""));
        return reply(call, form, done, body.warnings());
    }

    /** Creates under the name that the body brings, or a generated one. */
    public Done create(Target target, Bodies.Body body, Intent intent) throws InterruptedException {
        boolean isGenerated = new Resource(body.tree()).name().isEmpty();
        for (int i = 1; ; i++) {
            ObjectNode tree = body.fresh();
            Moment moment = momentOf(intent);
            Target named = target.named(Names.of(new Resource(tree), moment.seed()));
            try {
                return tools.commits().run(keyOf(named), moment, new Creation(named, body, intent));
            } catch (Refused refused) {
                boolean isTaken = isGenerated && refused.why() instanceof Refusal.Exists;
                if (!isTaken || i == MOST_NAMES) {
                    throw refused;
                }
            }
        }
    }

    public ApiReply update(Call call, Part part) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "UpdateOptions");
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Bodies.Body body = tools.bodies().read(call, options);
        Intent intent = Intent.of(call, options, part.subresource());
        boolean creates =
                part.isWhole()
                        && call.target().strategy().allowsCreateOnUpdate()
                        && tools.log().get(call.target().key()).isEmpty();
        Done done =
                creates
                        ? createByUpdate(call, body, intent)
                        : update(call.target(), part, intent, (_, _) -> body.fresh());
        return reply(call, form, done, body.warnings());
    }

    /** Makes the whole object as it shall be out of the one that is stored. */
    public interface Wanted {
        ObjectNode from(Resource stored, Instant now);
    }

    /**
     * Who writes how.
     *
     * @param verb that of the request
     * @param isApply whether the object comes with the notes on who set what: an apply keeps them
     */
    public record Intent(
            Caller caller, String verb, WriteOptions options, String subresource, boolean isApply) {
        public static Intent of(Call call, WriteOptions options, String subresource) {
            return new Intent(call.caller(), call.request().verb(), options, subresource, false);
        }

        public Intent applying() {
            return new Intent(caller, verb, options, subresource, true);
        }
    }

    public Done update(Target target, Part part, Intent intent, Wanted wanted)
            throws InterruptedException {
        return tools.commits()
                .run(target.key(), momentOf(intent), new Change(target, part, intent, wanted));
    }

    /**
     * Runs a command that needs nothing but the stored object.
     *
     * @param command made anew for each attempt
     */
    public Done run(Target target, Intent intent, Supplier<Command> command) throws InterruptedException {
        return tools.commits()
                .run(
                        target.key(),
                        momentOf(intent),
                        (stored, moment) ->
                                tools.registry()
                                        .decide(
                                                command.get(),
                                                stored.map(StoredObject::decode),
                                                moment));
    }

    private Moment momentOf(Intent intent) {
        return tools.moments().of(intent.caller(), intent.options());
    }

    public ApiReply reply(Call call, Rendering.Form form, Done done, List<String> warnings) {
        byte[] json =
                done.stored().isPresent() && !done.isRemoved()
                        ? done.stored().get().json()
                        : BodyEncoder.json(done.tree().tree());
        List<String> all = new ArrayList<>(warnings);
        all.addAll(done.warnings());
        all.addAll(call.target().strategy().warnings(done.tree().tree()));
        byte[] body = tools.rendering().object(form, call, json);
        return Replies.whole(done.isCreated() ? 201 : 200, form.contentType(), body, all);
    }

    private Done createByUpdate(Call call, Bodies.Body body, Intent intent)
            throws InterruptedException {
        Registry.checkPlace(call.target(), new Resource(body.tree()))
                .ifPresent(
                        why -> {
                            throw new Refused(why);
                        });
        ObjectNode tree = body.fresh();
        new Resource(tree).mutableMetadata().remove("resourceVersion");
        return create(call.target(), new Bodies.Body(tree, List.of()), intent);
    }

    private ObjectKey keyOf(Target target) {
        return target.kind().isNamespaced()
                ? target.key()
                : new ObjectKey(target.resource(), "", target.name());
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
        private final Bodies.Body body;
        private final Intent intent;

        Creation(Target target, Bodies.Body body, Intent intent) {
            this.target = target;
            this.body = body;
            this.intent = intent;
        }

        @Override
        public Decision decide(Optional<StoredObject> stored, Moment moment) {
            if (stored.isPresent()) {
                return Registry.exists(target, target.name());
            }
            ObjectNode tree = body.fresh();
            Command command =
                    new Command.Create(
                            target,
                            tree,
                            tools.authorship(intent, target),
                            granted.of(target, true));
            return tools.registry().decide(command, Optional.empty(), moment);
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
        private final Wanted wanted;

        Change(Target target, Part part, Intent intent, Wanted wanted) {
            this.target = target;
            this.part = part;
            this.intent = intent;
            this.wanted = wanted;
        }

        @Override
        public Decision decide(Optional<StoredObject> found, Moment moment) {
            if (found.isEmpty()) {
                return new Decision.Refuse(new Refusal.Missing(target.requested(), target.name()));
            }
            Resource stored = found.get().decode();
            ObjectNode tree = wanted.from(stored, moment.now());
            Command command =
                    new Command.Update(
                            target,
                            tree,
                            part,
                            intent.verb(),
                            tools.authorship(intent, target),
                            granted.of(target, part.isWhole()));
            return tools.registry().decide(command, Optional.of(stored), moment);
        }

        @Override
        public void settle() {
            granted.settle();
        }
    }
}
