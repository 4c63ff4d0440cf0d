package dev.gantry.state.request;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.Command;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.subresource.ConnectOptions;

/**
 * A connection to be admitted, such as an exec.
 *
 * @param kind of its options
 */
public record Connection(Call call, Subresource.Connect connect, GroupVersionKind kind) {
    public static Judged<Connection> of(Call call, Subresource.Connect connect) {
        GroupVersionKind kind = connect.body(GroupVersionKind.of(call.kind()));
        return ConnectOptions.isKind(kind)
                ? Judged.of(new Connection(call, connect, kind))
                : Judged.refused(new Refusal.NoSuchPath());
    }

    /** Made anew for each attempt. */
    public Command command() {
        String behind = call.request().subresource().substring(connect.name().length());
        String path = behind.startsWith("/") ? behind.substring(1) : behind;
        return new Command.Act(
                call.target(),
                connect.name(),
                Operation.CONNECT,
                ConnectOptions.of(kind, call.query(), path));
    }
}
