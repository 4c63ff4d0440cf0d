package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Bodies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.shell.api.write.Writes.Intent;
import dev.gantry.state.strategy.Part;
import dev.gantry.state.subresource.Scale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers the subresources that have a shape of their own: scale, binding, eviction. */
final class SubresourceRoutes {
    private static final KindName BINDING = KindName.of("v1", "Binding");
    private static final KindName EVICTION = KindName.of("policy/v1", "Eviction");

    private final Tools tools;
    private final Writes writes;

    SubresourceRoutes(Tools tools, Writes writes) {
        this.tools = tools;
        this.writes = writes;
    }

    ApiReply getScale(Call call, Subresource.Scaled scaled) {
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.PLAIN);
        Resource stored = stored(call);
        return Replies.whole(
                200,
                form.contentType(),
                tools.rendering().plain(form, BodyEncoder.json(scaled.scale().of(stored))));
    }

    ApiReply putScale(Call call, Subresource.Scaled scaled) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "UpdateOptions");
        Bodies.Body body = tools.bodies().read(call, Scale.KIND, options);
        return scaled(call, scaled, options, _ -> new Resource(body.fresh()));
    }

    /** What a scale shall be, given the one that is. */
    interface WantedScale {
        Resource from(Resource current);
    }

    ApiReply scaled(Call call, Subresource.Scaled scaled, WriteOptions options, WantedScale wanted)
            throws InterruptedException {
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.PLAIN);
        Done done =
                writes.update(
                        call.target(),
                        scaled.part(),
                        Intent.of(call, options, scaled.name()),
                        (stored, _) -> scaledTree(call, scaled.scale(), stored, wanted));
        Resource now = done.stored().map(StoredObject::decode).orElse(done.tree());
        return Replies.whole(
                200,
                form.contentType(),
                tools.rendering().plain(form, BodyEncoder.json(scaled.scale().of(now))),
                done.warnings());
    }

    ApiReply bind(Call call) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "CreateOptions");
        Bodies.Body body = tools.bodies().read(call, BINDING, options);
        Resource binding = new Resource(body.tree());
        Target pod =
                call.target().name().isEmpty()
                        ? call.target().named(binding.name())
                        : call.target();
        if (!binding.name().isEmpty() && !binding.name().equals(pod.name())) {
            throw new Refused(
                    new Refusal.BadRequest("name in URL does not match name in Binding object"));
        }
        Intent intent = Intent.of(call, options, Part.BINDING.subresource());
        Done done =
                writes.run(
                        pod,
                        intent,
                        () -> new Command.Bind(pod, body.fresh(), tools.authorship(intent, pod)));
        return created(call, done);
    }

    /** A deletion that a disruption budget may refuse. */
    ApiReply evict(Call call) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "CreateOptions");
        Bodies.Body body = tools.bodies().read(call, EVICTION, options);
        ObjectNode eviction = body.tree();
        String name = new Resource(eviction).name();
        if (!name.isEmpty() && !name.equals(call.target().name())) {
            throw new Refused(
                    new Refusal.BadRequest("name in URL does not match name in Eviction object"));
        }
        boolean isDryRun =
                options.isDryRun() || !eviction.path("deleteOptions").path("dryRun").isEmpty();
        Done done =
                writes.run(
                        call.target(),
                        Intent.of(call, isDryRun ? options.asDryRun() : options, "eviction"),
                        () -> new Command.Evict(call.target(), body.fresh()));
        return created(call, done);
    }

    private ApiReply created(Call call, Done done) {
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.PLAIN);
        byte[] body =
                tools.rendering().plain(form, BodyEncoder.json(Replies.success().put("code", 201)));
        return Replies.whole(201, form.contentType(), body, done.warnings());
    }

    private static ObjectNode scaledTree(
            Call call, Scale form, Resource stored, WantedScale wanted) {
        Resource scale = wanted.from(new Resource(form.of(stored)));
        if (!scale.name().equals(call.target().name())) {
            throw new Refused(
                    new Refusal.BadRequest(
                            "the name of the object (%s) does not match the name on the URL (%s)"
                                    .formatted(scale.name(), call.target().name())));
        }
        refuseIf(
                call.schema().isBuiltin()
                        ? Scale.invalid(scale)
                        : form.invalid(scale, call.kind()));
        return form.apply(scale, stored);
    }

    private Resource stored(Call call) {
        return call.view()
                .get(call.target().key())
                .map(StoredObject::decode)
                .orElseThrow(
                        () ->
                                new Refused(
                                        new Refusal.Missing(
                                                call.target().requested(), call.target().name())));
    }

    private static void refuseIf(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
    }
}
