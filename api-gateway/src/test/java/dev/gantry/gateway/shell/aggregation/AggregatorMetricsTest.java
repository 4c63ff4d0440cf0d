package dev.gantry.gateway.shell.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AggregatorMetricsTest {
    private static final ObjectKey KEY =
            new ObjectKey(ApiServiceStore.RESOURCE, "", "v1.example.com");

    private final ApiServiceStore store = new ApiServiceStore();

    @Test
    void tellWhichCannotBeReachedAndHowOftenOneBecameSo() {
        put(1, "False");
        put(2, "False");
        put(3, "True");
        put(4, "False");
        assertThat(text())
                .contains("aggregator_unavailable_apiservice{name=\"v1.example.com\"} 1\n")
                .contains(
                        "aggregator_unavailable_apiservice_total"
                                + "{name=\"v1.example.com\",reason=\"MissingEndpoints\"} 2\n");
        put(5, "True");
        assertThat(text())
                .contains("aggregator_unavailable_apiservice{name=\"v1.example.com\"} 0\n");
    }

    @Test
    void forgetOneThatIsDeleted() {
        put(1, "False");
        store.put(KEY, Optional.empty(), new Revision(2));
        assertThat(text()).doesNotContain("aggregator_unavailable_apiservice{");
    }

    private void put(long revision, String status) {
        String json =
                """
                {"metadata":{"name":"v1.example.com"},
                "spec":{"group":"example.com","version":"v1"},
                "status":{"conditions":[
                {"type":"Available","status":"%s","reason":"MissingEndpoints"}]}}"""
                        .formatted(status);
        store.put(
                KEY,
                Optional.of(new Resource((ObjectNode) JsonMapper.shared().readTree(json))),
                new Revision(revision));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        store.metrics().append(text);
        return text.toString();
    }
}
