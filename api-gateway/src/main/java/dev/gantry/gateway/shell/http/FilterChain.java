package dev.gantry.gateway.shell.http;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.ForbiddenText;
import dev.gantry.authorization.NodeProxyAccess;
import dev.gantry.authorization.Verdict;
import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authentication.Impersonation;
import dev.gantry.gateway.authentication.ImpersonationRights;
import dev.gantry.gateway.flowcontrol.CallerTier;
import dev.gantry.gateway.request.Deadline;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.flowcontrol.Limiter;
import dev.gantry.gateway.shell.flowcontrol.ListSizes;
import dev.gantry.gateway.shell.flowcontrol.RequestClass;
import dev.gantry.gateway.shell.flowcontrol.Seat;
import dev.gantry.gateway.shell.http.Judgement.Admitted;
import dev.gantry.gateway.shell.http.Judgement.Stopped;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.gateway.shell.identity.ImpersonationHeaders;
import dev.gantry.gateway.shell.limit.Connections;
import dev.gantry.gateway.shell.limit.Tally;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who, whether, when, and then where to: the life of one request, on virtual threads. Whether comes
 * before the body, so that only those who may send one take memory.
 */
public final class FilterChain {
    private static final Refusal FULL =
            new Refusal.TooManyRequests(
                    "Too many requests, please try again later.", Duration.ofSeconds(1));

    static final Answer NO_SEAT = new Answer.Reply(Replies.tooManyRequests());

    private static final Refusal NO_SUCH_METHOD = new Refusal.NoSuchMethod();

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final ImpersonationRights impersonation;
    private final Limits limits;
    private final Router router;

    /** What is shared among users, each of whom gets a part. */
    public record Limits(Limiter limiter, ListSizes lists, Connections connections, Tally streams) {
        public static Limits of(Limiter limiter) {
            return new Limits(limiter, new ListSizes(), new Connections(), new Tally());
        }
    }

    public FilterChain(
            Authenticator authenticator, Authorizer authorizer, Limits limits, Router router) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.impersonation = new ImpersonationRights(authorizer::judge);
        this.limits = limits;
        this.router = router;
    }

    Limits limits() {
        return limits;
    }

    /** Whether there is a body that does not go somewhere else as a stream. */
    boolean readsBody(Incoming incoming) {
        return incoming.hasBody() && !router.streamsBody(incoming.api());
    }

    /** Who asks, and whether they may. Never throws for a client's mistake; may wait. */
    Judgement judge(Incoming incoming) {
        return switch (authenticator.identify(incoming)) {
            case Identity.Refused(var why) ->
                    new Stopped(RequestResult.unauthenticated(refuse(why)));
            case Identity.Known(var caller) -> {
                RequestResult.Who asking = RequestResult.Who.self(caller);
                yield limits.connections().belongs(incoming.channel(), caller)
                        ? impersonate(incoming, asking)
                        : new Stopped(RequestResult.forbidden(asking, refuse(FULL), ""));
            }
        };
    }

    /** Does what was admitted. Never throws for a client's mistake. */
    RequestResult carryOut(Incoming incoming, byte[] body, Admitted admitted) {
        if (!incoming.isLongRunning()) {
            return seated(incoming, body, admitted, () -> {});
        }
        Caller caller = admitted.who().caller();
        if (!limits.streams().enter(caller.user(), CallerTier.of(caller).mostOfUser())) {
            return RequestResult.allowed(admitted.who(), refuse(FULL), admitted.reason());
        }
        boolean isAnswered = false;
        try {
            RequestResult result =
                    seated(incoming, body, admitted, () -> limits.streams().leave(caller.user()));
            isAnswered = true;
            return result;
        } finally {
            if (!isAnswered) {
                limits.streams().leave(caller.user());
            }
        }
    }

    private Judgement impersonate(Incoming incoming, RequestResult.Who asking) {
        Impersonation wish = ImpersonationHeaders.read(incoming);
        if (wish.isNone()) {
            return authorize(incoming, asking);
        }
        Optional<Refusal> invalid = wish.refusal();
        if (invalid.isPresent()) {
            return new Stopped(RequestResult.forbidden(asking, refuse(invalid.get()), ""));
        }
        return switch (impersonation.judge(asking.caller(), wish, incoming.access())) {
            case ImpersonationRights.Outcome.Denied(var access, var reason) ->
                    forbidden(asking, access, reason);
            case ImpersonationRights.Outcome.Granted(var caller, var constraint) ->
                    authorize(
                            incoming,
                            new RequestResult.Who(
                                    caller, Optional.of(asking.caller()), constraint));
        };
    }

    private Judgement authorize(Incoming incoming, RequestResult.Who who) {
        Access access = incoming.access();
        Verdict verdict = authorizer.judge(who.caller(), access);
        if (!verdict.isAllowed()) {
            return forbidden(who, access, verdict.reason());
        }
        boolean isUpgrade = !incoming.header("upgrade").isEmpty();
        boolean isConversation =
                OutsideRequests.isConnect(incoming.api())
                        || NodeProxyAccess.needsCreate(access, isUpgrade);
        if (isConversation) {
            // Compat: since 1.35 opening a connection needs create, by whatever method.
            Verdict creating = authorizer.judge(who.caller(), access.withVerb("create"));
            if (!creating.isAllowed()) {
                return forbidden(who, access.withVerb("create"), creating.reason());
            }
        }
        if (!METHODS.contains(incoming.method())) {
            return new Stopped(RequestResult.forbidden(who, refuse(NO_SUCH_METHOD), ""));
        }
        return new Admitted(who, verdict.reason(), limits.limiter().classify(who.caller(), access));
    }

    private RequestResult seated(
            Incoming incoming, byte[] body, Admitted admitted, Runnable atEnd) {
        RequestClass flow = admitted.flow();
        Caller caller = admitted.who().caller();
        Optional<Seat> seat = seat(incoming, caller, flow);
        Answer answer = seat.isEmpty() ? NO_SEAT : answer(incoming, body, caller);
        // A client that sends its body while it is passed on holds no seat by that.
        boolean isComputedElsewhere = answer instanceof Answer.Forward && !incoming.hasBody();
        if (!isComputedElsewhere) {
            seat.ifPresent(Seat::close);
        }
        return RequestResult.allowed(admitted.who(), answer, admitted.reason())
                .holding(new Hold(Optional.of(flow), seat.filter(_ -> isComputedElsewhere), atEnd));
    }

    private Answer answer(Incoming incoming, byte[] body, Caller caller) {
        try {
            Answer answer = router.answer(incoming, body, caller);
            return answer instanceof Answer.Reply(var reply)
                    ? new Answer.Reply(limits.lists().measured(reply, incoming))
                    : answer;
        } catch (RuntimeException | Error fault) {
            // The caller is known here, so that the failure is audited and counted as theirs.
            return Failures.answer(fault, incoming);
        }
    }

    /** Cost: what names its flow is only made for a request that has to wait. */
    private Optional<Seat> seat(Incoming incoming, Caller caller, RequestClass flow) {
        int width = limits.lists().widthOf(incoming, flow.widest());
        Limiter limiter = limits.limiter();
        return limiter.enterAtOnce(flow, width)
                .or(
                        () ->
                                limiter.enterInTurn(
                                        flow,
                                        width,
                                        caller,
                                        incoming.access(),
                                        Deadline.longestWait(
                                                incoming.query(),
                                                Duration.between(
                                                        incoming.received(), Instant.now()))));
    }

    private static Judgement forbidden(RequestResult.Who who, Access access, String reason) {
        Refusal why = ForbiddenText.refusal(who.caller().user(), access, reason);
        return new Stopped(RequestResult.forbidden(who, refuse(why), reason));
    }

    private static Answer refuse(Refusal why) {
        return new Answer.Reply(Replies.refusal(why));
    }
}
