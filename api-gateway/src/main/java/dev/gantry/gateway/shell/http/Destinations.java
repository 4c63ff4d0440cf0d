package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.authorization.ClaimGuard;
import dev.gantry.gateway.shell.authorization.GrantGuard;
import dev.gantry.gateway.shell.authorization.Guarded;
import dev.gantry.gateway.shell.authorization.NodeGuard;
import dev.gantry.gateway.shell.authorization.PastGuard;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.review.Reviews;
import dev.gantry.gateway.shell.state.StateDoor;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who answers what: the gateway itself, a node or pod, or else the state service. */
public final class Destinations {
    /** Compat: {@code MaxRetryWhenPatchConflicts} of apiserver's patch handler. */
    private static final int MOST_TRIES = 5;

    private static final int CONFLICT = 409;

    private final OwnPaths ownPaths;
    private final Reviews reviews;
    private final OutsideRequests outside;
    private final Guards guards;
    private final StateDoor state;

    /** Those who look at a request before it is served: at most writes, and at the past. */
    public record Guards(GrantGuard grants, NodeGuard nodes, ClaimGuard claims, PastGuard past) {
        static boolean concern(ApiRequest api) {
            return GrantGuard.concerns(api) || NodeGuard.concerns(api) || ClaimGuard.concerns(api);
        }
    }

    public Destinations(
            OwnPaths ownPaths,
            Reviews reviews,
            OutsideRequests outside,
            Guards guards,
            StateDoor state) {
        this.ownPaths = ownPaths;
        this.reviews = reviews;
        this.outside = outside;
        this.guards = guards;
        this.state = state;
    }

    /** Whether the body belongs to somebody else, however long it is. */
    boolean streamsBody(ApiRequest api) {
        boolean isOurs = Reviews.concerns(api) || Guards.concern(api);
        return OutsideRequests.isProxied(api) || state.isRemote() && !isOurs;
    }

    Answer answer(Incoming incoming, byte[] body, Caller caller) {
        ApiRequest api = incoming.api();
        if (!api.isResource()) {
            Optional<ApiReply> own = ownPaths.answer(api.path(), incoming.query());
            if (own.isPresent()) {
                return new Answer.Reply(own.get());
            }
        }
        if (Reviews.concerns(api)) {
            return new Answer.Reply(reviews.answer(api, body, caller));
        }
        Optional<Answer> elsewhere = outside.answer(incoming);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        if (!ApiRequest.isPlain(incoming.path())) {
            return new Answer.Reply(Replies.refusal(new Refusal.NoSuchPath()));
        }
        if (PastGuard.concerns(api)) {
            Optional<Refusal> hidden = guards.past().refusal(api, incoming.access(), caller);
            if (hidden.isPresent()) {
                return new Answer.Reply(Replies.refusal(hidden.get()));
            }
        }
        ApiCall call = callOf(incoming, body, caller);
        return Guards.concern(api) ? guarded(api, call) : state.pass(incoming, call);
    }

    private Answer guarded(ApiRequest api, ApiCall call) {
        if (NodeGuard.concerns(api)) {
            return new Answer.Reply(
                    guards.nodes().refusal(api, call).orElseGet(() -> state.backend().serve(call)));
        }
        ApiReply reply = tried(api, call);
        // What was judged may have changed meanwhile: the client did not ask to hear of that.
        boolean isOurConflict = !api.verb().equals("create");
        for (int i = 1; i < MOST_TRIES && isOurConflict && reply.code() == CONFLICT; i++) {
            reply = tried(api, call);
        }
        return new Answer.Reply(reply);
    }

    private ApiReply tried(ApiRequest api, ApiCall call) {
        Guarded guarded =
                ClaimGuard.concerns(api)
                        ? guards.claims().guard(api, call)
                        : guards.grants().guard(api, call);
        return switch (guarded) {
            case Guarded.Stop(var reply) -> reply;
            case Guarded.Go(var judged) -> state.backend().serve(judged);
        };
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
