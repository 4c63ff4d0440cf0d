package dev.gantry.gateway.audit;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was sent or answered, as it is written down. */
final class AuditBody {
    private AuditBody() {}

    /** Empty where it is no JSON: in protobuf, the gateway cannot read it. */
    static Optional<JsonNode> of(byte[] body, AuditDecision decision) {
        if (body.length == 0 || body[0] != '{' && body[0] != '[') {
            return Optional.empty();
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(body);
            if (decision.omitsManagedFields()) {
                omitManagedFields(tree);
            }
            return Optional.of(tree);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** What a Status says of a failure. */
    static void addFailure(byte[] body, AuditDecision decision, ObjectNode target) {
        JsonNode status = of(body, decision).orElse(target);
        if (Resource.text(status, "kind").equals("Status")) {
            for (String each : new String[] {"status", "message", "reason", "details"}) {
                if (status.hasNonNull(each)) {
                    target.set(each, status.path(each));
                }
            }
        }
    }

    private static void omitManagedFields(JsonNode tree) {
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        if (tree.path("items") instanceof ArrayNode items) {
            items.forEach(AuditBody::omitManagedFields);
        }
    }
}
