package dev.gantry.gateway.shell.http;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.audit.AuditEvent.Asked;
import dev.gantry.gateway.audit.AuditEvent.Bodies;
import dev.gantry.gateway.audit.AuditEvent.Client;
import dev.gantry.gateway.audit.AuditEvent.Outcome;
import dev.gantry.gateway.shell.audit.AuditTrail;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.health.Metrics;
import dev.gantry.model.exchange.ApiReply;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Counts answered requests, and writes them down where an audit log is kept. */
public final class RequestLog {
    private final Optional<AuditTrail> trail;
    private final Metrics metrics;
    private final Clock clock;

    public RequestLog(Optional<AuditTrail> trail, Metrics metrics, Clock clock) {
        this.trail = trail;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Who asks is known, and nothing else. */
    void received(Incoming incoming, Judgement judgement) {
        if (trail.isEmpty() || !trail.get().hasPolicy()) {
            return;
        }
        Optional<RequestResult.Who> who =
                switch (judgement) {
                    case Judgement.Stopped(var result) -> result.who();
                    case Judgement.Admitted admitted -> Optional.of(admitted.who());
                };
        if (who.isPresent()) {
            trail.get().received(asked(incoming, who));
        }
    }

    void note(Incoming incoming, RequestResult result, byte[] body) {
        int code = codeOf(result);
        Access access = incoming.access();
        if (result.isAllowed().orElse(code >= 500)) {
            metrics.count(access, code, Duration.between(incoming.received(), clock.instant()));
        }
        if (result.answer() == FilterChain.NO_SEAT) {
            terminated(incoming, code);
        }
        if (trail.isEmpty()) {
            return;
        }
        Asked asked = asked(incoming, result.who());
        if (goesOn(incoming, result)) {
            trail.get().begun(asked, outcome(result, Body.NONE));
        } else {
            trail.get().answered(asked, outcome(result, body));
        }
    }

    /**
     * The state service of another process begins to answer, or its answer will not come.
     *
     * @param code zero where nobody was answered
     * @param annotations as {@link ApiReply#AUDIT_ANNOTATIONS} has them; may be empty
     */
    void forwarded(Incoming incoming, RequestResult result, int code, String annotations) {
        metrics.count(
                incoming.access(), code, Duration.between(incoming.received(), clock.instant()));
        if (trail.isEmpty()) {
            return;
        }
        Asked asked = asked(incoming, result.who());
        Outcome outcome =
                new Outcome(
                        code,
                        result.isAllowed(),
                        result.reason(),
                        annotations(annotations),
                        Bodies.NONE);
        if (incoming.isLongRunning()) {
            trail.get().begun(asked, outcome);
        } else {
            trail.get().answered(asked, outcome);
        }
    }

    /** The request was given up, for the sake of others. */
    void terminated(Incoming incoming, int code) {
        metrics.terminated(incoming.access(), code);
    }

    /** An answer was sent, or its client left before that. */
    void ended(Incoming incoming, RequestResult result) {
        if (trail.isPresent() && goesOn(incoming, result)) {
            trail.get().ended(asked(incoming, result.who()), outcome(result, Body.NONE));
        }
    }

    private static boolean goesOn(Incoming incoming, RequestResult result) {
        return switch (result.answer()) {
            case Answer.Reply(var reply) -> reply instanceof ApiReply.Streaming;
            case Answer.Onward _ -> incoming.isLongRunning();
        };
    }

    private static Asked asked(Incoming incoming, Optional<RequestResult.Who> who) {
        return new Asked(
                incoming.id(),
                incoming.uri(),
                incoming.access(),
                who.map(RequestResult.Who::caller),
                who.flatMap(RequestResult.Who::impersonator),
                who.map(RequestResult.Who::constraint).orElse(""),
                new Client(address(incoming), incoming.header("user-agent")),
                incoming.received());
    }

    /** Bodies are for those policies only that want them. */
    private Outcome outcome(RequestResult result, byte[] request) {
        boolean mayHoldBodies = trail.isPresent() && trail.get().hasPolicy();
        byte[] response =
                result.answer() instanceof Answer.Reply(ApiReply.Whole whole)
                        ? whole.body()
                        : Body.NONE;
        return new Outcome(
                codeOf(result),
                result.isAllowed(),
                result.reason(),
                annotationsOf(result),
                mayHoldBodies ? new Bodies(request, response) : Bodies.NONE);
    }

    private static int codeOf(RequestResult result) {
        return result.answer() instanceof Answer.Reply(var reply) ? reply.code() : 0;
    }

    /** What admission has to say. */
    private static SortedMap<String, String> annotationsOf(RequestResult result) {
        return result.answer() instanceof Answer.Reply(var reply)
                ? annotations(reply.headers().getOrDefault(ApiReply.AUDIT_ANNOTATIONS, ""))
                : new TreeMap<>();
    }

    private static SortedMap<String, String> annotations(String said) {
        SortedMap<String, String> annotations = new TreeMap<>();
        if (!said.isEmpty()) {
            JsonMapper.shared()
                    .readTree(said)
                    .properties()
                    .forEach(each -> annotations.put(each.getKey(), each.getValue().asString("")));
        }
        return annotations;
    }

    private static String address(Incoming incoming) {
        return incoming.channel().remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }
}
