package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authentication.Impersonation;
import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.ForbiddenText;
import dev.gantry.gateway.authorization.Verdict;
import dev.gantry.gateway.fairness.PriorityLevel;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.authority.Authority;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.gateway.shell.identity.ImpersonationHeaders;
import dev.gantry.gateway.shell.limit.Limiter;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Who, whether, when, and then where to: the life of one request, on one virtual thread. */
public final class Gate {
    private static final Refusal FULL =
            new Refusal.TooManyRequests(
                    "Too many requests, please try again later.", Duration.ofSeconds(1));

    private static final Refusal NO_SUCH_METHOD =
            new Refusal.MethodNotAllowed(new GroupResource("", ""), "");

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Authenticator authenticator;
    private final Authority authority;
    private final Limiter limiter;
    private final Destinations destinations;

    public Gate(
            Authenticator authenticator,
            Authority authority,
            Limiter limiter,
            Destinations destinations) {
        this.authenticator = authenticator;
        this.authority = authority;
        this.limiter = limiter;
        this.destinations = destinations;
    }

    /**
     * Whether the body is not to be read before {@link #answer}: it goes somewhere else as a
     * stream, or its nameless sender will be refused anyhow and shall cost no memory.
     */
    boolean leavesBody(Incoming incoming) {
        if (destinations.streamsBody(incoming.api())) {
            return true;
        }
        return authenticator.isNameless(incoming)
                && !authority.judge(Identity.ANONYMOUS, incoming.access()).isAllowed();
    }

    /** Never throws for a client's mistake. */
    Judged answer(Incoming incoming, byte[] body) {
        return switch (authenticator.identify(incoming)) {
            case Identity.Refused(var why) -> Judged.stranger(refuse(why));
            case Identity.Known(var caller) -> impersonate(incoming, body, caller);
        };
    }

    private Judged impersonate(Incoming incoming, byte[] body, Caller caller) {
        Impersonation wish = ImpersonationHeaders.read(incoming);
        if (wish.isNone()) {
            return authorize(incoming, body, new Judged.Who(caller, Optional.empty()));
        }
        Judged.Who asking = new Judged.Who(caller, Optional.empty());
        Optional<Refusal> nameless = wish.refusal();
        if (nameless.isPresent()) {
            return Judged.forbidden(asking, refuse(nameless.get()), "");
        }
        for (Impersonation.Demand each : wish.demands()) {
            Access access =
                    Access.resource(
                            "impersonate",
                            each.resource(),
                            each.subresource(),
                            each.namespace(),
                            each.name());
            Verdict verdict = authority.judge(caller, access);
            if (!verdict.isAllowed()) {
                return forbidden(asking, access, verdict);
            }
        }
        return authorize(incoming, body, new Judged.Who(wish.caller(), Optional.of(caller)));
    }

    private Judged authorize(Incoming incoming, byte[] body, Judged.Who who) {
        Access access = incoming.access();
        Verdict verdict = authority.judge(who.caller(), access);
        if (!verdict.isAllowed()) {
            return forbidden(who, access, verdict);
        }
        if (OutsideRequests.isConnect(incoming.api())) {
            // Compat: since 1.35 opening a connection needs create, by whatever method.
            Verdict creating = authority.judge(who.caller(), access.withVerb("create"));
            if (!creating.isAllowed()) {
                return forbidden(who, access.withVerb("create"), creating);
            }
        }
        if (!METHODS.contains(incoming.method())) {
            return Judged.forbidden(who, refuse(NO_SUCH_METHOD), "");
        }
        return new Judged(
                admit(incoming, body, who.caller(), access),
                Optional.of(who),
                Optional.of(true),
                verdict.reason());
    }

    private Answer admit(Incoming incoming, byte[] body, Caller caller, Access access) {
        PriorityLevel level = PriorityLevel.of(caller, access);
        Optional<Limiter.Seat> seat =
                limiter.enter(level, incoming.api().isReadOnly(), caller.user());
        if (seat.isEmpty()) {
            return refuse(FULL);
        }
        try (Limiter.Seat _ = seat.get()) {
            return destinations.answer(incoming, body, caller);
        } catch (RuntimeException | Error fault) {
            // Whoever asked is known here, so that the failure is audited and counted as theirs.
            return Failures.answer(fault, incoming);
        }
    }

    private static Judged forbidden(Judged.Who who, Access access, Verdict verdict) {
        Refusal why = ForbiddenText.refusal(who.caller().user(), access, verdict.reason());
        return Judged.forbidden(who, refuse(why), verdict.reason());
    }

    private static Answer refuse(Refusal why) {
        return new Answer.Reply(Replies.refusal(why));
    }
}
