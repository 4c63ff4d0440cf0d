package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodResize.Pending;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResizeAdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final SortedMap<String, Quantity> NODE =
            new TreeMap<>(
                    Map.of(
                            "cpu", Quantity.ofMilli(2000),
                            "memory", Quantity.ofBytes(1L << 30)));

    @Test
    void givesWhatTheOthersLeave() {
        assertThat(obstacle(pod("1500m", "1Gi"), pod("500m", "0"))).isEmpty();
    }

    @Test
    void defersWhatTheOthersHave() {
        assertThat(obstacle(pod("1500m", "1Mi"), pod("1", "1Mi")))
                .hasValue(
                        new Pending(
                                "Deferred",
                                "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000",
                                2,
                                NOW));
    }

    @Test
    void neverGivesMoreThanTheNodeHas() {
        assertThat(obstacle(pod("3", "1Mi"), pod("1", "1Mi")))
                .hasValue(
                        new Pending(
                                "Infeasible",
                                "Node didn't have enough capacity: cpu, requested: 3000, capacity: 2000",
                                2,
                                NOW));
        assertThat(obstacle(pod("3", "2Gi"), pod("1", "1Mi")))
                .map(Pending::message)
                .hasValue(
                        "Node didn't have enough capacity: memory, requested: 2147483648, capacity: 1073741824");
    }

    private static Optional<Pending> obstacle(PodSpec asking, PodSpec other) {
        return ResizeAdmission.obstacle(asking, List.of(other), NODE, NOW);
    }

    private static PodSpec pod(String cpu, String memory) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata").put("generation", 2);
        tree.putObject("spec")
                .putArray("containers")
                .addObject()
                .putObject("resources")
                .putObject("requests")
                .put("cpu", cpu)
                .put("memory", memory);
        return new PodSpec(new Resource(tree));
    }
}
