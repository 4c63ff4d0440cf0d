package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.request.PatchEdit;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.strategy.SubresourceRules;

/** Answers patches: each attempt patches what is stored by then. */
record PatchRoute(WriteDependencies dependencies, Writes writes, ApplyRoute applies) {
    ApiReply patch(Call call, SubresourceRules rules) throws InterruptedException {
        PatchType type = accepted(PatchEdit.type(call));
        WriteOptions options = accepted(PatchEdit.options(call, type));
        if (type == PatchType.APPLY) {
            return applies.apply(call, rules, options);
        }
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        PatchEdit edit =
                new PatchEdit(
                        call,
                        type,
                        GroupVersionKind.of(call.kind()),
                        options,
                        dependencies.bodies());
        Done done =
                writes.update(
                        call.target(), rules, Intent.of(call, options, rules.subresource()), edit);
        return dependencies
                .rendering()
                .answer(form, call, Answer.written(call, done, edit.warnings()));
    }
}
