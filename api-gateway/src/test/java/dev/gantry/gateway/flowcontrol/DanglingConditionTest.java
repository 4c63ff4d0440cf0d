package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DanglingConditionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ObjectNode schema =
            (ObjectNode)
                    JsonMapper.shared()
                            .readTree(
                                    "{\"metadata\":{\"name\":\"a\"},\"spec\":{"
                                            + "\"priorityLevelConfiguration\":{\"name\":\"l\"}}}");

    @Test
    void saysThatTheLevelIsThereOnce() {
        JsonNode condition = update(Set.of("l"));
        assertThat(condition.toString())
                .isEqualTo(
                        "{\"type\":\"Dangling\",\"status\":\"False\","
                                + "\"lastTransitionTime\":\"2026-01-01T00:00:00Z\","
                                + "\"reason\":\"Found\",\"message\":\"This FlowSchema references the"
                                + " PriorityLevelConfiguration object named \\\"l\\\" and it"
                                + " exists\"}");
        schema.putObject("status").putArray("conditions").add(condition);
        assertThat(DanglingCondition.update(new Resource(schema), Set.of("l"), NOW)).isEmpty();
    }

    @Test
    void saysThatTheLevelIsMissing() {
        schema.putObject("status").putArray("conditions").add(update(Set.of("l")));
        JsonNode condition = update(Set.of());
        assertThat(condition.path("status").asString()).isEqualTo("True");
        assertThat(condition.path("reason").asString()).isEqualTo("NotFound");
        assertThat(condition.path("message").asString()).endsWith("but there is no such object");
    }

    private JsonNode update(Set<String> levels) {
        return DanglingCondition.update(new Resource(schema), levels, NOW)
                .orElseThrow()
                .status()
                .at("/conditions/0");
    }
}
