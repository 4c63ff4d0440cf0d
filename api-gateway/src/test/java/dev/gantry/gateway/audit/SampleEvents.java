package dev.gantry.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.audit.AuditEvent.Asked;
import dev.gantry.gateway.audit.AuditEvent.Bodies;
import dev.gantry.gateway.audit.AuditEvent.Client;
import dev.gantry.gateway.audit.AuditEvent.Outcome;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kinds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Audit events for tests. */
public final class SampleEvents {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private SampleEvents() {}

    /** Of a ConfigMap that was created, with what was sent. */
    public static AuditEvent created(String user, String id, String request) {
        return event(AuditLevel.REQUEST, user, id, request);
    }

    public static AuditEvent metadata(String user, String id) {
        return event(AuditLevel.METADATA, user, id, "");
    }

    private static AuditEvent event(AuditLevel level, String user, String id, String request) {
        Access access =
                Access.resource("create", Kinds.CONFIG_MAP.resource(), "", "team", "settings");
        Caller caller = new Caller(user, "", List.of("dev"), new TreeMap<>());
        Asked asked =
                new Asked(
                        id,
                        "/api/v1/namespaces/team/configmaps",
                        access,
                        Optional.of(caller),
                        Optional.empty(),
                        "",
                        new Client("10.0.0.1", "kubectl"),
                        NOW);
        Outcome outcome =
                new Outcome(
                        201,
                        Optional.of(true),
                        "",
                        new TreeMap<>(),
                        new Bodies(request.getBytes(UTF_8), new byte[0]));
        return new AuditEvent(
                new AuditDecision(level, Set.of(), false),
                AuditStage.RESPONSE_COMPLETE,
                asked,
                outcome,
                NOW);
    }
}
