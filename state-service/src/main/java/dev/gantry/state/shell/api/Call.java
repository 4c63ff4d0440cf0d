package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.registry.Target;
import dev.gantry.state.view.View;

/** A call for a resource, as far as it has been read. */
record Call(ApiCall raw, ApiRequest request, Query query, Target target, View view) {
    Kind kind() {
        return target.kind();
    }

    Caller caller() {
        return raw.caller();
    }

    String accept() {
        return raw.header("accept");
    }

    String userAgent() {
        return raw.header("user-agent");
    }

    String contentType() {
        return raw.header("content-type");
    }

    boolean hasBody() {
        return raw.body().length > 0;
    }
}
