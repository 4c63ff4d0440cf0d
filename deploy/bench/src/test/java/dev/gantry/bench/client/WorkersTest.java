package dev.gantry.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class WorkersTest {
    private static final String READY = "\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]";
    private static final String RUN = "\"nodeInfo\":{\"kubeletVersion\":\"v1\"},";

    @Test
    void areNoneWhereNoNodeIsReady() {
        assertThat(of()).isEqualTo(Workers.NONE);
        assertThat(of("{\"status\":{}}")).isEqualTo(Workers.NONE);
        assertThat(of(node("", RUN + READY.replace("True", "Unknown")))).isEqualTo(Workers.NONE);
    }

    @Test
    void areOnPaperWhereNobodyRunsTheNodes() {
        assertThat(of(node("", READY))).isEqualTo(Workers.ON_PAPER);
        String simulated = "\"annotations\":{\"gantry.dev/simulated\":\"true\"}";
        assertThat(of(node(simulated, RUN + READY))).isEqualTo(Workers.ON_PAPER);
    }

    @Test
    void areRealWhereOneIsRun() {
        assertThat(of(node("", READY), node("", RUN + READY))).isEqualTo(Workers.REAL);
    }

    private static String node(String metadata, String status) {
        return "{\"metadata\":{%s},\"status\":{%s}}".formatted(metadata, status);
    }

    private static Workers of(String... nodes) {
        return Workers.of(
                Arrays.stream(nodes)
                        .map(each -> (ObjectNode) JsonMapper.shared().readTree(each))
                        .map(Resource::new)
                        .toList());
    }
}
