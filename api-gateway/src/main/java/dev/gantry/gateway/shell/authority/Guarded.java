package dev.gantry.gateway.shell.authority;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;

/** What to do with a write that was looked at before it is made. */
public sealed interface Guarded {
    record Go(ApiCall call) implements Guarded {}

    record Stop(ApiReply reply) implements Guarded {}
}
