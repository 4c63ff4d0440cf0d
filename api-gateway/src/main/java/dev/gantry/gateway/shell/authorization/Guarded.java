package dev.gantry.gateway.shell.authorization;

import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.DryRun;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.Optional;
import java.util.function.Function;

/** What to do with a write that was looked at before it is made. */
public sealed interface Guarded {
    record Go(ApiCall call) implements Guarded {}

    record Stop(ApiReply reply) implements Guarded {}

    /**
     * Tries the write without storing anything. It may go on unless it would fail anyway, or what
     * it would store is refused.
     */
    static Guarded tried(
            ApiCall call, ApiBackend backend, Function<Resource, Optional<Refusal>> refusal) {
        return switch (DryRun.of(call, backend)) {
            case DryRun.Refused(var reply) -> new Stop(reply);
            case DryRun.Stores(var wanted) ->
                    refusal.apply(wanted)
                            .<Guarded>map(why -> new Stop(Replies.refusal(why)))
                            .orElseGet(() -> new Go(call));
        };
    }
}
