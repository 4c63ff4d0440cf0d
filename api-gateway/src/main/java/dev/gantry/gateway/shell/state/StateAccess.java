package dev.gantry.gateway.shell.state;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.request.Query;
import dev.gantry.model.request.UrlEscapes;
import java.net.URI;
import java.util.Optional;

/**
 * The way to the state service: a call within this process, or a request over the network.
 *
 * @param backend serves the gateway's own look-ups in both cases
 * @param url where clients' requests are forwarded to; empty where the service is in this process
 */
public record StateAccess(ApiBackend backend, Optional<URI> url) {
    public boolean isRemote() {
        return url.isPresent();
    }

    /** The request of a client: forwarded as a stream, or served here. */
    public Answer pass(Incoming incoming, ApiCall call) {
        if (url.isEmpty()) {
            return new Answer.Reply(backend.serve(call));
        }
        return new Answer.Forward(
                target(url.get(), incoming.path(), incoming.query()),
                RemoteHeaders.of(call.caller()));
    }

    /**
     * Invariant: what is asked of the state service is what was judged, written anew, and not what
     * the client wrote: two readers of one text may understand it differently.
     */
    static URI target(URI state, String path, Query query) {
        String asked = query.encoded();
        return state.resolve(UrlEscapes.encodePath(path) + (asked.isEmpty() ? "" : "?" + asked));
    }
}
