package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.patch.Patches;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.write.Bodies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.shell.api.write.Writes.Intent;
import dev.gantry.state.strategy.Part;
import dev.gantry.state.subresource.Scale;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Answers patches: each attempt patches what is stored by then. */
final class PatchRoute {
    private final Tools tools;
    private final Writes writes;
    private final SubresourceRoutes subresources;
    private final ApplyRoute applies;

    PatchRoute(Tools tools, Writes writes, SubresourceRoutes subresources) {
        this.tools = tools;
        this.writes = writes;
        this.subresources = subresources;
        this.applies = new ApplyRoute(tools, writes);
    }

    ApiReply patch(Call call, Part part) throws InterruptedException {
        PatchType type =
                PatchType.ofContentType(call.contentType())
                        .orElseThrow(() -> new Refused(Patches.unsupported(true)));
        WriteOptions options = Bodies.options(call, "PatchOptions");
        options.contradiction(type == PatchType.APPLY).ifPresent(PatchRoute::refuse);
        if (type == PatchType.APPLY) {
            return applies.apply(call, part, options);
        }
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Patching patching = new Patching(call, type, KindName.of(call.kind()), options);
        Done done =
                writes.update(
                        call.target(),
                        part,
                        Intent.of(call, options, part.subresource()),
                        (stored, _) -> patching.stored(stored.tree()));
        return writes.reply(call, form, done, List.copyOf(patching.warnings));
    }

    /** Compat: a Scale cannot be applied. */
    ApiReply patchScale(Call call, Subresource.Scaled scaled) throws InterruptedException {
        PatchType type =
                PatchType.ofContentType(call.contentType())
                        .filter(each -> each != PatchType.APPLY)
                        .orElseThrow(() -> new Refused(Patches.unsupported(true)));
        WriteOptions options = Bodies.options(call, "PatchOptions");
        options.contradiction(false).ifPresent(PatchRoute::refuse);
        Patching patching = new Patching(call, type, Scale.KIND, options);
        return subresources.scaled(
                call, scaled, options, current -> new Resource(patching.apply(current.tree())));
    }

    private static void refuse(Refusal why) {
        throw new Refused(why);
    }

    /** One patch, applied as often as it takes. */
    private final class Patching {
        private final Call call;
        private final PatchType type;
        private final KindName kind;
        private final WriteOptions options;
        private final Set<String> warnings = new LinkedHashSet<>();

        Patching(Call call, PatchType type, KindName kind, WriteOptions options) {
            this.call = call;
            this.type = type;
            this.kind = kind;
            this.options = options;
        }

        /** Patches in the version of the request what is stored, maybe, in another. */
        ObjectNode stored(ObjectNode stored) {
            ObjectNode current =
                    call.target().version().isStored()
                            ? stored
                            : call.conversion().fromStored(stored.deepCopy());
            return call.conversion().toStored(apply(current));
        }

        ObjectNode apply(ObjectNode current) {
            Patched patched = Patches.apply(type, call.raw().body(), current, structure());
            return switch (patched) {
                case Patched.Refused(var why) -> throw new Refused(why);
                case Patched.Tree(var tree, var oddities) -> checked(tree, oddities);
            };
        }

        private Optional<StructType> structure() {
            return call.catalog().of(kind).filter(TypeSchema::isBuiltin).map(TypeSchema::structure);
        }

        private ObjectNode checked(ObjectNode tree, List<String> oddities) {
            if (options.validation() == FieldValidation.STRICT && !oddities.isEmpty()) {
                throw new Refused(
                        new Refusal.BadRequest(
                                "strict decoding error: " + String.join(", ", oddities)));
            }
            if (options.validation() == FieldValidation.WARN) {
                warnings.addAll(oddities);
            }
            Bodies.Body body = tools.bodies().recheck(call, tree, kind, options);
            warnings.addAll(body.warnings());
            return body.tree();
        }
    }
}
