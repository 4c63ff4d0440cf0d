package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.request.PodRequests;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.strategy.SubresourceRules;

/** Answers the bindings and evictions of pods. */
record PodRoute(WriteDependencies dependencies, Writes writes) {
    private static final GroupVersionKind BINDING = GroupVersionKind.of("v1", "Binding");
    private static final GroupVersionKind EVICTION = GroupVersionKind.of("policy/v1", "Eviction");

    ApiReply bind(Call call) throws InterruptedException {
        WriteOptions options = accepted(call.writeOptions("CreateOptions"));
        Body body = accepted(dependencies.bodies().read(call, BINDING, options.validation()));
        Target pod = accepted(PodRequests.bound(call, body));
        Intent intent = Intent.of(call, options, SubresourceRules.BINDING.subresource());
        return created(call, writes.run(pod, intent, () -> new Command.Bind(pod, body.fresh())));
    }

    /** A deletion that a disruption budget may refuse. */
    ApiReply evict(Call call) throws InterruptedException {
        WriteOptions given = accepted(call.writeOptions("CreateOptions"));
        Body body = accepted(dependencies.bodies().read(call, EVICTION, given.validation()));
        WriteOptions options = accepted(PodRequests.evicting(call, body, given));
        return created(
                call,
                writes.run(
                        call.target(),
                        Intent.of(call, options, "eviction"),
                        () -> new Command.Evict(call.target(), body.fresh())));
    }

    private ApiReply created(Call call, Done done) {
        Form form = accepted(Form.of(call, Negotiation.Offer.PLAIN));
        return dependencies.rendering().answer(form, call, Answer.created(done));
    }
}
