package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.ApplyEdit;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Edit;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.request.PatchEdit;
import dev.gantry.state.request.ScaleEdit;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.subresource.Scale;
import dev.gantry.state.subresource.ScalePrinter;
import java.util.List;

/** Answers the {@code scale} subresource. */
record ScaleRoute(WriteDependencies dependencies, Writes writes) {
    ApiReply get(Call call, Subresource.Scaled scaled) throws InterruptedException {
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Resource stored =
                dependencies
                        .conversions()
                        .read(call.target().version(), accepted(call.stored()))
                        .decode();
        return reply(call, form, scaled, stored, List.of());
    }

    ApiReply update(Call call, Subresource.Scaled scaled) throws InterruptedException {
        WriteOptions options = accepted(call.writeOptions("UpdateOptions"));
        Body body = accepted(dependencies.bodies().read(call, Scale.KIND, options.validation()));
        return write(call, scaled, options, _ -> Judged.of(body.fresh()));
    }

    ApiReply patch(Call call, Subresource.Scaled scaled) throws InterruptedException {
        PatchType type = accepted(PatchEdit.type(call));
        WriteOptions options = accepted(PatchEdit.options(call, type));
        if (type == PatchType.APPLY) {
            ApplyEdit edit =
                    accepted(ApplyEdit.ofScale(call, scaled, options, dependencies.bodies()));
            return write(call, scaled, Intent.of(call, options, scaled.name()).applying(), edit);
        }
        PatchEdit patch = new PatchEdit(call, type, Scale.KIND, options, dependencies.bodies());
        return write(call, scaled, options, patch::apply);
    }

    private ApiReply write(
            Call call, Subresource.Scaled scaled, WriteOptions options, ScaleEdit.Wanted wanted)
            throws InterruptedException {
        return write(
                call,
                scaled,
                Intent.of(call, options, scaled.name()),
                new ScaleEdit(call, scaled.scale(), wanted));
    }

    private ApiReply write(Call call, Subresource.Scaled scaled, Intent intent, Edit edit)
            throws InterruptedException {
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Done done = writes.update(call.target(), scaled.rules(), intent, edit);
        Resource now = done.stored().map(StoredObject::decode).orElse(done.tree());
        return reply(call, form, scaled, now, done.warnings());
    }

    private ApiReply reply(
            Call call,
            Form form,
            Subresource.Scaled scaled,
            Resource object,
            List<String> warnings) {
        return dependencies
                .rendering()
                .printed(form, call, ScalePrinter.PRINTER, scaled.scale().of(object), warnings);
    }
}
