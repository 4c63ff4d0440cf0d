package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Connection;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Writes;

/**
 * Says whether a connection may be made: the gateway asks before it makes one, with the path and
 * the query of the client. The answer is what admission made of its options, or a refusal.
 */
record ConnectRoute(Writes writes) {
    ApiReply admit(Call call, Subresource.Connect connect) throws InterruptedException {
        Connection connection = accepted(Connection.of(call, connect));
        Done done =
                writes.run(
                        call.target(),
                        Intent.of(call, WriteOptions.NONE, connect.name()),
                        connection::command);
        return Replies.whole(
                200, Replies.JSON, BodyEncoder.json(done.tree().tree()), done.warnings());
    }
}
