package dev.gantry.gateway.shell.http;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.shell.audit.AuditLog;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.health.Metrics;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Counts answered requests, and writes them down where an audit log is kept. */
public final class RequestLog {
    private final Optional<AuditLog> log;
    private final Metrics metrics;
    private final Clock clock;

    public RequestLog(Optional<AuditLog> log, Metrics metrics, Clock clock) {
        this.log = log;
        this.metrics = metrics;
        this.clock = clock;
    }

    void note(Incoming incoming, RequestResult result) {
        int code = result.answer() instanceof Answer.Reply(var reply) ? reply.code() : 0;
        Access access = incoming.access();
        if (result.isAllowed().orElse(code >= 500)) {
            metrics.count(access, code, Duration.between(incoming.received(), clock.instant()));
        }
        if (log.isEmpty()) {
            return;
        }
        log.get()
                .add(
                        new AuditEvent(
                                incoming.id(),
                                incoming.uri(),
                                access,
                                result.who().map(RequestResult.Who::caller),
                                result.who().flatMap(RequestResult.Who::impersonator),
                                address(incoming),
                                incoming.header("user-agent"),
                                code,
                                result.isAllowed(),
                                result.reason(),
                                incoming.received(),
                                clock.instant()));
    }

    private static String address(Incoming incoming) {
        return incoming.channel().remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }
}
