package dev.gantry.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecursiveReadOnlyTest {
    private static final HandlerFeatures ABLE = new HandlerFeatures(true, false);

    @Test
    void isNotMadeWhereTheRuntimeCannotAndThePodInsists() {
        assertThat(RecursiveReadOnly.problem(mount("Enabled", true), HandlerFeatures.NONE))
                .hasValue(
                        "volume \"v\" requested recursive read-only mode, but it is not supported by the runtime");
        assertThat(RecursiveReadOnly.problem(mount("Enabled", true), ABLE)).isEmpty();
        assertThat(RecursiveReadOnly.isGiven(mount("Enabled", true), ABLE)).isTrue();
    }

    @Test
    void isMadeIfPossible() {
        JsonNode mount = mount("IfPossible", true);
        assertThat(RecursiveReadOnly.problem(mount, HandlerFeatures.NONE)).isEmpty();
        assertThat(RecursiveReadOnly.isGiven(mount, HandlerFeatures.NONE)).isFalse();
        assertThat(RecursiveReadOnly.isGiven(mount, ABLE)).isTrue();
    }

    @Test
    void isNotMadeWhereNobodyAsks() {
        assertThat(RecursiveReadOnly.isGiven(mount("Disabled", true), ABLE)).isFalse();
        assertThat(RecursiveReadOnly.isGiven(mount("", true), ABLE)).isFalse();
        assertThat(RecursiveReadOnly.problem(mount("", false), HandlerFeatures.NONE)).isEmpty();
    }

    @Test
    void contradictionsAreRefusedWithUpstreamsWords() {
        assertThat(RecursiveReadOnly.problem(mount("IfPossible", false), ABLE))
                .hasValue(
                        "volume \"v\" requested recursive read-only mode, but it is not read-only");
        JsonNode spread =
                JsonMapper.shared()
                        .readTree(
                                "{\"name\":\"v\",\"readOnly\":true,\"recursiveReadOnly\":\"Enabled\",\"mountPropagation\":\"HostToContainer\"}");
        assertThat(RecursiveReadOnly.problem(spread, ABLE))
                .hasValue(
                        "volume \"v\" requested recursive read-only mode, but it is not compatible with propagation \"HostToContainer\"");
    }

    private static JsonNode mount(String mode, boolean isReadOnly) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", "v")
                .put("readOnly", isReadOnly)
                .put("recursiveReadOnly", mode);
    }
}
