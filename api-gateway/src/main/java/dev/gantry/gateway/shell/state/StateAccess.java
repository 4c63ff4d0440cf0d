package dev.gantry.gateway.shell.state;

import dev.gantry.authorization.Authorizer;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.model.request.UrlEscapes;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way to the state service: a call within this process, or a request over the network.
 *
 * @param backend serves the gateway's own look-ups in both cases
 * @param judged what the service does not judge alone; empty where it does
 * @param url where clients' requests are forwarded to; empty where the service is in this process
 */
public record StateAccess(ApiBackend backend, Optional<URI> url, Optional<JudgedWrites> judged) {
    public StateAccess(ApiBackend backend, Optional<URI> url) {
        this(backend, url, Optional.empty());
    }

    /** For the gateway's own requests that admission judges. */
    public ApiBackend judging() {
        return judged.<ApiBackend>map(Function.identity()).orElse(backend);
    }

    public StateAccess judgedBy(Authorizer authorizer) {
        return new StateAccess(backend, url, Optional.of(new JudgedWrites(backend, authorizer)));
    }

    /** Whether a request goes over the network, its body unread. */
    public boolean streams(ApiRequest api) {
        return url.isPresent() && !isJudged(api);
    }

    private boolean isJudged(ApiRequest api) {
        return judged.isPresent() && JudgedWrites.concerns(api);
    }

    /** The request of a client: forwarded as a stream, or served here. */
    public Answer pass(Incoming incoming, ApiCall call) {
        if (isJudged(incoming.api())) {
            return new Answer.Reply(judged.orElseThrow().serve(call));
        }
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
