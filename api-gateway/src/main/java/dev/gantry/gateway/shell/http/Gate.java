package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.ForbiddenText;
import dev.gantry.gateway.authorization.Verdict;
import dev.gantry.gateway.shell.authority.Authority;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
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
    private final ApiBackend backend;

    public Gate(
            Authenticator authenticator,
            Authority authority,
            OwnPaths ownPaths,
            ApiBackend backend) {
        this.authenticator = authenticator;
        this.authority = authority;
        this.ownPaths = ownPaths;
        this.backend = backend;
    }

    /** Whether the body belongs to somebody else, however long it is. */
    boolean streamsBody(Incoming incoming) {
        return incoming.api().isResource() && incoming.api().subresource().startsWith("proxy");
    }

    Answer answer(Incoming incoming, byte[] body) {
        return switch (authenticator.identify(incoming)) {
            case Identity.Refused(var why) -> new Answer.Reply(Replies.refusal(why));
            case Identity.Known(var caller) -> authorize(incoming, body, caller);
        };
    }

    private Answer authorize(Incoming incoming, byte[] body, Caller caller) {
        Access access = incoming.access();
        Verdict verdict = authority.judge(caller, access);
        if (!verdict.isAllowed()) {
            return new Answer.Reply(
                    Replies.refusal(
                            ForbiddenText.refusal(caller.user(), access, verdict.reason())));
        }
        if (!access.isResource()) {
            Optional<ApiReply> own = ownPaths.answer(access.path(), incoming.query());
            if (own.isPresent()) {
                return new Answer.Reply(own.get());
            }
        }
        return new Answer.Reply(backend.serve(callOf(incoming, body, caller)));
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
