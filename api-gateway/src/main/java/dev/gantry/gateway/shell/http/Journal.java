package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.shell.audit.AuditLog;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/** Turns answered requests into audit entries, where an audit log is kept. */
public final class Journal {
    private final Optional<AuditLog> log;
    private final Clock clock;

    public Journal(Optional<AuditLog> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void note(Incoming incoming, Judged judged) {
        if (log.isEmpty()) {
            return;
        }
        int code = judged.answer() instanceof Answer.Reply(var reply) ? reply.code() : 0;
        log.get()
                .add(
                        new AuditEvent(
                                incoming.id(),
                                incoming.uri(),
                                incoming.access(),
                                judged.who().map(Judged.Who::caller),
                                judged.who().flatMap(Judged.Who::impersonator),
                                address(incoming),
                                incoming.header("user-agent"),
                                code,
                                judged.isAllowed(),
                                judged.reason(),
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
