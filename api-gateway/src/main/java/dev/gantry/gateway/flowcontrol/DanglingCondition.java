package dev.gantry.gateway.flowcontrol;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the level of a schema is missing, as its status says.
 *
 * <p>Compat: {@code presyncFlowSchemaStatus}, in its words.
 */
public final class DanglingCondition {
    private static final String TYPE = "Dangling";

    private DanglingCondition() {}

    /**
     * What has to be applied to the status of a schema, or empty where it says so already.
     *
     * @param levels the names of those that are there
     */
    public static Optional<Resource> update(Resource schema, Set<String> levels, Instant now) {
        String level = FlowSchema.levelOf(schema);
        boolean isFound = levels.contains(level);
        String status = isFound ? "False" : "True";
        String message =
                "This FlowSchema references the PriorityLevelConfiguration object named \"%s\" %s"
                        .formatted(
                                level, isFound ? "and it exists" : "but there is no such object");
        Optional<JsonNode> stored = Conditions.find(schema.status().path("conditions"), TYPE);
        boolean isSaid =
                stored.isPresent()
                        && Resource.text(stored.get(), "status").equals(status)
                        && Resource.text(stored.get(), "message").equals(message);
        if (isSaid) {
            return Optional.empty();
        }
        ObjectNode applied = JsonNodeFactory.instance.objectNode();
        applied.put("apiVersion", Kinds.FLOW_SCHEMA.apiVersion());
        applied.put("kind", Kinds.FLOW_SCHEMA.kindName());
        applied.putObject("metadata").put("name", schema.name());
        applied.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", TYPE)
                .put("status", status)
                .put("lastTransitionTime", Conditions.timestamp(now))
                .put("reason", isFound ? "Found" : "NotFound")
                .put("message", message);
        return Optional.of(new Resource(applied));
    }
}
