package dev.gantry.model.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BootstrapFlowControlTest {
    /** Those that upstream does not have. */
    private static final List<String> OWN =
            List.of("gantry-control-plane", "gantry-leader-election");

    @Test
    void levelsAndSchemasAreThoseOfARealApiServer() throws IOException {
        try (var in = getClass().getResourceAsStream("upstream.json")) {
            JsonNode upstream = JsonMapper.shared().readTree(in);
            assertThat(byName(BootstrapFlowControl.levels()))
                    .isEqualTo(byName(upstream.path("PriorityLevelConfiguration")));
            var schemas = byName(BootstrapFlowControl.schemas());
            assertThat(schemas.keySet()).containsAll(OWN);
            OWN.forEach(schemas::remove);
            assertThat(schemas).isEqualTo(byName(upstream.path("FlowSchema")));
        }
    }

    @Test
    void aSpecIsKeptUpToDateUnlessAnAdministratorTookTheAnnotation() {
        Resource wanted = BootstrapFlowControl.levels().getLast();
        Resource changed = wanted.copy();
        changed.tree().withObject("/spec/limited").put("nominalConcurrencyShares", 7);
        assertThat(BootstrapFlowControl.completed(wanted, wanted)).isEmpty();
        assertThat(BootstrapFlowControl.completed(changed, wanted)).contains(wanted);
        changed.mutableMetadata().remove("annotations");
        assertThat(BootstrapFlowControl.completed(changed, wanted)).isEmpty();
    }

    @Test
    void whatTheExemptLevelLendsIsLeftToAdministrators() {
        Resource wanted = BootstrapFlowControl.levels().getFirst();
        Resource changed = wanted.copy();
        changed.tree().withObject("/spec/exempt").put("nominalConcurrencyShares", 7);
        assertThat(wanted.name()).isEqualTo("exempt");
        assertThat(BootstrapFlowControl.completed(changed, wanted)).isEmpty();
    }

    private static TreeMap<String, JsonNode> byName(List<Resource> objects) {
        TreeMap<String, JsonNode> specs = new TreeMap<>();
        objects.forEach(each -> specs.put(each.name(), each.spec()));
        return specs;
    }

    private static TreeMap<String, JsonNode> byName(JsonNode specs) {
        TreeMap<String, JsonNode> found = new TreeMap<>();
        specs.properties().forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }
}
