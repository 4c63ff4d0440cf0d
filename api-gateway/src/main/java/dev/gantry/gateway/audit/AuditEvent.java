package dev.gantry.gateway.audit;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One entry of the audit log. */
public record AuditEvent(
        AuditDecision decision, AuditStage stage, Asked asked, Outcome outcome, Instant at) {
    private static final int LEAST_FAILURE = 400;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * Who asked what.
     *
     * @param impersonator who asked, where the caller is somebody they may be taken for
     * @param constraint the right that allows it; empty for that to all requests
     */
    public record Asked(
            String id,
            String uri,
            Access access,
            Optional<Caller> caller,
            Optional<Caller> impersonator,
            String constraint,
            Client client,
            Instant received) {
        /** The one whose credential it is. */
        public Optional<Caller> asking() {
            return impersonator.or(() -> caller);
        }
    }

    public record Client(String address, String userAgent) {}

    /**
     * What became of it, as far as it is known at the stage.
     *
     * @param code zero where the answer is a connection or comes from elsewhere
     * @param isAllowed empty where nobody was asked, as without a good credential
     * @param annotations of admission
     */
    public record Outcome(
            int code,
            Optional<Boolean> isAllowed,
            String reason,
            SortedMap<String, String> annotations,
            Bodies bodies) {
        /** Before anything is known. */
        public static final Outcome NONE =
                new Outcome(0, Optional.empty(), "", new TreeMap<>(), Bodies.NONE);

        /** With that only of what was sent and answered that will be written down. */
        public Outcome heldFor(AuditDecision decision) {
            boolean tellsWhy = decision.wantsResponse() || code >= LEAST_FAILURE;
            return new Outcome(
                    code,
                    isAllowed,
                    reason,
                    WebhookPatches.heldFor(decision, annotations),
                    new Bodies(
                            decision.wantsRequest() ? Bodies.bounded(bodies.request) : Bodies.EMPTY,
                            tellsWhy ? Bodies.bounded(bodies.response) : Bodies.EMPTY));
        }

        Outcome withoutBodies() {
            return new Outcome(
                    code, isAllowed, reason, WebhookPatches.without(annotations), Bodies.NONE);
        }
    }

    /** As they were on the wire; empty where they are not to be written down. */
    public record Bodies(byte[] request, byte[] response) {
        private static final byte[] EMPTY = new byte[0];
        static final int LONGEST = 1 << 20;

        public static final Bodies NONE = new Bodies(EMPTY, EMPTY);

        static byte[] bounded(byte[] body) {
            return body.length <= LONGEST ? body : EMPTY;
        }
    }

    /** What waits in memory for it to be written. */
    public int bodyBytes() {
        return outcome.bodies.request.length
                + outcome.bodies.response.length
                + WebhookPatches.length(outcome.annotations);
    }

    /** The name of the one whose credential it is; empty where there is no good one. */
    public String user() {
        return asked.asking().map(Caller::user).orElse("");
    }

    public AuditEvent withoutBodies() {
        return new AuditEvent(decision, stage, asked, outcome.withoutBodies(), at);
    }

    public ObjectNode toTree() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
        event.put("level", decision.level().wire()).put("auditID", asked.id);
        event.put("stage", stage.wire());
        event.put("requestURI", asked.uri).put("verb", asked.access.verb());
        event.set(
                "user",
                asked.asking()
                        .map(AuditEvent::tree)
                        .orElseGet(JsonNodeFactory.instance::objectNode));
        if (asked.impersonator.isPresent() && asked.caller.isPresent()) {
            event.set("impersonatedUser", tree(asked.caller.get()));
        }
        if (!asked.constraint.isEmpty()) {
            event.putObject("authenticationMetadata")
                    .put("impersonationConstraint", asked.constraint);
        }
        event.putArray("sourceIPs").add(asked.client.address);
        event.put("userAgent", asked.client.userAgent);
        if (asked.access.isResource()) {
            event.set("objectRef", object(asked.access));
        }
        addOutcome(event);
        event.put("requestReceivedTimestamp", MICROS.format(asked.received));
        event.put("stageTimestamp", MICROS.format(at));
        annotate(event);
        return event;
    }

    private void addOutcome(ObjectNode event) {
        if (outcome.code > 0) {
            ObjectNode status = event.putObject("responseStatus");
            status.put("code", outcome.code).putObject("metadata");
            if (outcome.code >= LEAST_FAILURE) {
                AuditBody.addFailure(outcome.bodies.response, decision, status);
            }
        }
        if (decision.wantsRequest()) {
            AuditBody.of(outcome.bodies.request, decision)
                    .ifPresent(body -> event.set("requestObject", body));
        }
        if (decision.wantsResponse()) {
            AuditBody.of(outcome.bodies.response, decision)
                    .ifPresent(body -> event.set("responseObject", body));
        }
    }

    private void annotate(ObjectNode event) {
        if (outcome.isAllowed.isEmpty() && outcome.annotations.isEmpty()) {
            return;
        }
        ObjectNode annotations = event.putObject("annotations");
        outcome.isAllowed.ifPresent(
                allowed ->
                        annotations
                                .put("authorization.k8s.io/decision", allowed ? "allow" : "forbid")
                                .put("authorization.k8s.io/reason", outcome.reason));
        outcome.annotations.forEach(annotations::put);
    }

    private static ObjectNode object(Access access) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        put(object, "resource", access.plural());
        put(object, "namespace", access.namespace());
        put(object, "name", access.name());
        put(object, "apiGroup", access.group());
        put(object, "apiVersion", access.version());
        put(object, "subresource", access.subresource());
        return object;
    }

    private static ObjectNode tree(Caller caller) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("username", caller.user());
        put(user, "uid", caller.uid());
        var groups = user.putArray("groups");
        caller.groups().forEach(groups::add);
        if (!caller.extra().isEmpty()) {
            user.set("extra", caller.extraTree());
        }
        return user;
    }

    private static void put(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
