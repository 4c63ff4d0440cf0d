package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NodeConditionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String NO_NETWORK =
            "NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error:"
                    + " cni plugin not initialized";

    @Test
    void isReadyWhereNothingIsMissing() {
        JsonNode ready = ready(RuntimeHealth.GOOD);
        assertThat(Resource.text(ready, "status")).isEqualTo("True");
        assertThat(Resource.text(ready, "reason")).isEqualTo("KubeletReady");
    }

    @Test
    void isNotReadyWithoutANetworkAndSaysSoInTheRuntimesWords() {
        JsonNode ready = ready(new RuntimeHealth(Optional.empty(), Optional.of(NO_NETWORK)));
        assertThat(Resource.text(ready, "status")).isEqualTo("False");
        assertThat(Resource.text(ready, "reason")).isEqualTo("KubeletNotReady");
        assertThat(Resource.text(ready, "message"))
                .isEqualTo("container runtime network not ready: " + NO_NETWORK);
    }

    @Test
    void namesAllThatIsMissing() {
        JsonNode ready = ready(new RuntimeHealth(Optional.of("down"), Optional.of("none")));
        assertThat(Resource.text(ready, "message"))
                .isEqualTo(
                        "[container runtime not ready: down, container runtime network not ready:"
                                + " none]");
    }

    private static JsonNode ready(RuntimeHealth health) {
        return Conditions.find(NodeConditions.of(health, Pressure.NONE, NOW), "Ready")
                .orElseThrow();
    }
}
