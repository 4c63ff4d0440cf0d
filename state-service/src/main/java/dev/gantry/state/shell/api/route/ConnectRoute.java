package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.subresource.ConnectOptions;
import java.util.Optional;

/**
 * Says whether a connection may be made: the gateway asks before it makes one, with the path and
 * the query of the client. The answer is what admission made of its options, or a refusal.
 */
record ConnectRoute(Tools tools) {
    ApiReply admit(Call call, Subresource.Connect connect) throws InterruptedException {
        KindName kind = connect.body(KindName.of(call.kind()));
        if (!ConnectOptions.isKind(kind)) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        String behind = call.request().subresource().substring(connect.name().length());
        String path = behind.startsWith("/") ? behind.substring(1) : behind;
        Done done =
                tools.commits()
                        .run(
                                call.target().key(),
                                tools.moments().of(call.caller(), WriteOptions.NONE),
                                (_, moment) ->
                                        tools.registry()
                                                .decide(
                                                        new Command.Act(
                                                                call.target(),
                                                                connect.name(),
                                                                Operation.CONNECT,
                                                                ConnectOptions.of(
                                                                        kind, call.query(), path)),
                                                        Optional.empty(),
                                                        moment));
        return Replies.whole(
                200, Replies.JSON, BodyEncoder.json(done.tree().tree()), done.warnings());
    }
}
