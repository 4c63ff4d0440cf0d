package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.apply.ServerSideApply;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.write.Bodies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.shell.api.write.Writes.Intent;
import dev.gantry.state.strategy.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers server-side applies: they create what is not there, and change what is. */
final class ApplyRoute {
    /** An object that comes and goes faster than this is somebody's mistake. */
    private static final int MOST_ATTEMPTS = 5;

    private final Tools tools;
    private final Writes writes;

    ApplyRoute(Tools tools, Writes writes) {
        this.tools = tools;
        this.writes = writes;
    }

    ApiReply apply(Call call, Part part, WriteOptions options) throws InterruptedException {
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Bodies.Body body = tools.bodies().readYaml(call, options);
        Optional<Refusal> misplaced = Registry.checkPlace(call.target(), new Resource(body.tree()));
        if (misplaced.isPresent()) {
            throw new Refused(misplaced.get());
        }
        Writer writer =
                Writer.applying(options.manager(), call.kind().apiVersion(), part.subresource());
        Applying applying = new Applying(call, body, writer, options.forces());
        Intent intent = Intent.of(call, options, part.subresource()).applying();
        return writes.reply(call, form, perform(applying, part, intent), body.warnings());
    }

    private Done perform(Applying applying, Part part, Intent intent) throws InterruptedException {
        for (int i = 1; ; i++) {
            boolean isNew = tools.log().get(applying.call.target().key()).isEmpty();
            try {
                return isNew && part.isWhole()
                        ? writes.create(applying.call.target(), applying.created(), intent)
                        : writes.update(
                                applying.call.target(),
                                part,
                                intent,
                                (stored, now) -> applying.applied(stored.tree(), now));
            } catch (Refused refused) {
                boolean wasOvertaken =
                        isNew
                                ? refused.why() instanceof Refusal.Exists
                                : refused.why() instanceof Refusal.Missing;
                if (!part.isWhole() || !wasOvertaken || i == MOST_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    /** One configuration, applied as often as it takes. */
    private final class Applying {
        private final Call call;
        private final Bodies.Body config;
        private final Writer writer;
        private final boolean forces;

        Applying(Call call, Bodies.Body config, Writer writer, boolean forces) {
            this.call = call;
            this.config = config;
            this.writer = writer;
            this.forces = forces;
        }

        Bodies.Body created() {
            String uid = new Resource(config.tree()).uid().value();
            if (!uid.isEmpty()) {
                throw new Refused(
                        new Refusal.Conflict(
                                call.target().requested(),
                                call.target().name(),
                                "uid mismatch: the provided object specified uid %s, and no existing"
                                                .formatted(uid)
                                        + " object was found"));
            }
            return new Bodies.Body(
                    call.conversion().toStored(tree(step(tools.moments().now()).create(request()))),
                    List.of());
        }

        ObjectNode applied(ObjectNode live, Instant now) {
            ObjectNode current =
                    call.target().version().isStored()
                            ? live
                            : call.conversion().fromStored(live.deepCopy());
            return call.conversion().toStored(tree(step(now).apply(current, request())));
        }

        private ServerSideApply step(Instant now) {
            return new ServerSideApply(call.schema().structure(), now);
        }

        private ServerSideApply.Request request() {
            return new ServerSideApply.Request(config.fresh(), writer, forces);
        }

        private ObjectNode tree(ServerSideApply.Outcome outcome) {
            return switch (outcome) {
                case ServerSideApply.Outcome.Applied(var tree) -> tree;
                case ServerSideApply.Outcome.Refused(var why) -> throw new Refused(why);
            };
        }
    }
}
