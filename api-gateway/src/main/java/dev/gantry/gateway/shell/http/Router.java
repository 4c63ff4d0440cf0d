package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.aggregation.AggregatedRequests;
import dev.gantry.gateway.shell.authorization.PastGuard;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.review.Reviews;
import dev.gantry.gateway.shell.state.StateAccess;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who answers what: the gateway itself, a node, a pod or an extension server, or else the state
 * service.
 */
public final class Router {
    private final OwnPaths ownPaths;
    private final Reviews reviews;
    private final OutsideRequests outside;
    private final AggregatedRequests aggregated;
    private final PastGuard past;
    private final StateAccess state;

    /** Requests that are neither the gateway's nor the state service's. */
    public record Elsewhere(OutsideRequests outside, AggregatedRequests aggregated) {}

    public Router(
            OwnPaths ownPaths,
            Reviews reviews,
            Elsewhere elsewhere,
            PastGuard past,
            StateAccess state) {
        this.ownPaths = ownPaths;
        this.reviews = reviews;
        this.outside = elsewhere.outside();
        this.aggregated = elsewhere.aggregated();
        this.past = past;
        this.state = state;
    }

    /** Whether the body is passed on unread, however long it is. */
    boolean streamsBody(ApiRequest api) {
        return OutsideRequests.isProxied(api)
                || aggregated.concerns(api)
                || state.streams(api) && !Reviews.concerns(api);
    }

    Answer answer(Incoming incoming, byte[] body, Caller caller) {
        ApiRequest api = incoming.api();
        if (!api.isResource()) {
            Optional<ApiReply> own =
                    ownPaths.answer(api.path(), accept(incoming), incoming.query());
            if (own.isPresent()) {
                return new Answer.Reply(own.get());
            }
        }
        if (Reviews.concerns(api)) {
            return new Answer.Reply(reviews.answer(api, accept(incoming), body, caller));
        }
        Optional<Answer> elsewhere =
                outside.answer(incoming, caller).or(() -> aggregated.answer(incoming, caller));
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        if (!ApiRequest.isPlain(incoming.path())) {
            return new Answer.Reply(Replies.refusal(new Refusal.NoSuchPath()));
        }
        if (PastGuard.concerns(api)) {
            Optional<Refusal> hidden = past.refusal(api, incoming.access(), caller);
            if (hidden.isPresent()) {
                return new Answer.Reply(Replies.refusal(hidden.get()));
            }
        }
        return state.pass(incoming, callOf(incoming, body, caller));
    }

    private static String accept(Incoming incoming) {
        return String.join(",", incoming.headers().getAll(HttpHeaderNames.ACCEPT));
    }

    private static ApiCall callOf(Incoming incoming, byte[] body, Caller caller) {
        return new ApiCall(
                incoming.method(),
                incoming.path(),
                incoming.query().raw(),
                passedOn(incoming),
                body,
                caller);
    }

    /** Credentials and whatever claims an identity stay here. */
    private static SortedMap<String, String> passedOn(Incoming incoming) {
        SortedMap<String, String> kept = new TreeMap<>();
        for (Map.Entry<String, String> each : incoming.headers()) {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            if (!ClientHeaders.isKeptHere(name)) {
                kept.merge(name, each.getValue(), (first, second) -> first + ", " + second);
            }
        }
        return kept;
    }
}
