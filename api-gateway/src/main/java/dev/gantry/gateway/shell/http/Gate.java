package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.ForbiddenText;
import dev.gantry.gateway.authorization.Verdict;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.authority.Authority;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who, whether, and then where to: the life of one request, on one virtual thread. */
public final class Gate {
    private final Authenticator authenticator;
    private final Authority authority;
    private final OwnPaths ownPaths;
    private final OutsideRequests outside;
    private final ApiBackend backend;

    public Gate(
            Authenticator authenticator,
            Authority authority,
            OwnPaths ownPaths,
            OutsideRequests outside,
            ApiBackend backend) {
        this.authenticator = authenticator;
        this.authority = authority;
        this.ownPaths = ownPaths;
        this.outside = outside;
        this.backend = backend;
    }

    /** Whether the body belongs to somebody else, however long it is. */
    boolean streamsBody(Incoming incoming) {
        return OutsideRequests.isProxied(incoming.api());
    }

    Answer answer(Incoming incoming, byte[] body) {
        return switch (authenticator.identify(incoming)) {
            case Identity.Refused(var why) -> new Answer.Reply(Replies.refusal(why));
            case Identity.Known(var caller) -> authorize(incoming, body, caller);
        };
    }

    private Answer authorize(Incoming incoming, byte[] body, Caller caller) {
        Access access = incoming.access();
        Optional<Refusal> forbidden = forbidden(incoming, caller, access);
        return forbidden.isPresent()
                ? new Answer.Reply(Replies.refusal(forbidden.get()))
                : serve(incoming, body, caller);
    }

    private Optional<Refusal> forbidden(Incoming incoming, Caller caller, Access access) {
        Optional<Refusal> why = forbidden(caller, access);
        boolean isUpgradedGet =
                access.verb().equals("get") && OutsideRequests.isConnect(incoming.api());
        // Compat: since 1.35 opening a connection by a WebSocket's GET needs create as well.
        return why.isEmpty() && isUpgradedGet ? forbidden(caller, access.withVerb("create")) : why;
    }

    private Optional<Refusal> forbidden(Caller caller, Access access) {
        Verdict verdict = authority.judge(caller, access);
        return verdict.isAllowed()
                ? Optional.empty()
                : Optional.of(ForbiddenText.refusal(caller.user(), access, verdict.reason()));
    }

    private Answer serve(Incoming incoming, byte[] body, Caller caller) {
        if (!incoming.api().isResource()) {
            Optional<ApiReply> own = ownPaths.answer(incoming.api().path(), incoming.query());
            if (own.isPresent()) {
                return new Answer.Reply(own.get());
            }
        }
        return outside.answer(incoming)
                .orElseGet(() -> new Answer.Reply(backend.serve(callOf(incoming, body, caller))));
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
