package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.strategy.SubresourceRules;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Answers create and update. */
record WriteRoute(WriteDependencies dependencies, Writes writes) {
    ApiReply create(Call call) throws InterruptedException {
        WriteOptions options = accepted(call.writeOptions("CreateOptions"));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Body body = accepted(dependencies.bodies().object(call, options));
        Done done = writes.create(call.target(), body, Intent.of(call, options, ""));
        return reply(call, form, done, body);
    }

    ApiReply update(Call call, SubresourceRules rules) throws InterruptedException {
        WriteOptions options = accepted(call.writeOptions("UpdateOptions"));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Body body = accepted(dependencies.bodies().object(call, options));
        Resource sent = new Resource(body.tree());
        accepted(Judged.unless(Registry.checkPlace(call.target(), sent), sent));
        Intent intent = Intent.of(call, options, rules.subresource());
        boolean creates =
                rules.isWhole()
                        && call.target().strategy().allowsCreateOnUpdate()
                        && dependencies.log().get(call.target().key()).isEmpty();
        Done done =
                creates
                        ? createByUpdate(call, body, intent)
                        : writes.update(
                                call.target(), rules, intent, (_, _) -> Judged.of(body.fresh()));
        return reply(call, form, done, body);
    }

    private Done createByUpdate(Call call, Body body, Intent intent) throws InterruptedException {
        ObjectNode tree = body.fresh();
        new Resource(tree).mutableMetadata().remove("resourceVersion");
        return writes.create(call.target(), new Body(tree, List.of()), intent);
    }

    private ApiReply reply(Call call, Form form, Done done, Body body) {
        return dependencies
                .rendering()
                .answer(form, call, Answer.written(call, done, body.warnings()));
    }
}
