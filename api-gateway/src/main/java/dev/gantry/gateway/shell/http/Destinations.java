package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.authority.ClaimGuard;
import dev.gantry.gateway.shell.authority.GrantGuard;
import dev.gantry.gateway.shell.authority.Guarded;
import dev.gantry.gateway.shell.authority.NodeGuard;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.review.Reviews;
import dev.gantry.gateway.shell.state.StateDoor;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.request.ApiRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who answers what: the gateway itself, a node or pod, or else the state service. */
public final class Destinations {
    private final OwnPaths ownPaths;
    private final Reviews reviews;
    private final OutsideRequests outside;
    private final Guards guards;
    private final StateDoor state;

    /** Those who look at a write before it is made. */
    public record Guards(GrantGuard grants, NodeGuard nodes, ClaimGuard claims) {
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
        ApiCall call = callOf(incoming, body, caller);
        return Guards.concern(api) ? guarded(api, call) : state.pass(incoming, call);
    }

    private Answer guarded(ApiRequest api, ApiCall call) {
        if (NodeGuard.concerns(api)) {
            return new Answer.Reply(
                    guards.nodes().refusal(api, call).orElseGet(() -> state.backend().serve(call)));
        }
        Guarded guarded =
                ClaimGuard.concerns(api)
                        ? guards.claims().guard(api, call)
                        : guards.grants().guard(api, call);
        return new Answer.Reply(
                switch (guarded) {
                    case Guarded.Stop(var reply) -> reply;
                    case Guarded.Go(var judged) -> state.backend().serve(judged);
                });
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
