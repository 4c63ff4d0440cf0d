package dev.gantry.gateway.audit;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of the audit log.
 *
 * @param impersonator who asked, where the caller is somebody they may be taken for
 * @param code zero where the answer is a connection or comes from elsewhere
 * @param isAllowed empty where nobody was asked, as without a good credential
 */
public record AuditEvent(
        String id,
        String uri,
        Access access,
        Optional<Caller> caller,
        Optional<Caller> impersonator,
        String sourceAddress,
        String userAgent,
        int code,
        Optional<Boolean> isAllowed,
        String reason,
        Instant received,
        Instant completed) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public ObjectNode toTree() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
        event.put("level", "Metadata").put("auditID", id).put("stage", "ResponseComplete");
        event.put("requestURI", uri).put("verb", access.verb());
        Caller asking = impersonator.or(() -> caller).orElse(null);
        event.set("user", asking == null ? JsonNodeFactory.instance.objectNode() : user(asking));
        if (impersonator.isPresent() && caller.isPresent()) {
            event.set("impersonatedUser", user(caller.get()));
        }
        event.putArray("sourceIPs").add(sourceAddress);
        event.put("userAgent", userAgent);
        if (access.isResource()) {
            event.set("objectRef", object());
        }
        if (code > 0) {
            event.putObject("responseStatus").put("code", code).putObject("metadata");
        }
        event.put("requestReceivedTimestamp", MICROS.format(received));
        event.put("stageTimestamp", MICROS.format(completed));
        isAllowed.ifPresent(allowed -> annotate(event, allowed));
        return event;
    }

    private void annotate(ObjectNode event, boolean allowed) {
        event.putObject("annotations")
                .put("authorization.k8s.io/decision", allowed ? "allow" : "forbid")
                .put("authorization.k8s.io/reason", reason);
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        put(object, "resource", access.plural());
        put(object, "namespace", access.namespace());
        put(object, "name", access.name());
        put(object, "apiGroup", access.group());
        put(object, "apiVersion", access.version());
        put(object, "subresource", access.subresource());
        return object;
    }

    private static ObjectNode user(Caller caller) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("username", caller.user());
        put(user, "uid", caller.uid());
        var groups = user.putArray("groups");
        caller.groups().forEach(groups::add);
        if (!caller.extra().isEmpty()) {
            ObjectNode extra = user.putObject("extra");
            caller.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
        return user;
    }

    private static void put(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
