package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PodAdmissionTest {
    private static final SortedMap<String, Quantity> NODE =
            new TreeMap<>(
                    Map.of(
                            "cpu", Quantity.ofMilli(2000),
                            "memory", Quantity.ofBytes(1L << 30),
                            "pods", Quantity.ofMilli(3000)));

    @Test
    void takesWhatFits() {
        assertThat(PodAdmission.refusal(pod("cpu", "1"), List.of(pod("cpu", "1")), NODE)).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFitWithUpstreamsWords() {
        assertThat(PodAdmission.refusal(pod("cpu", "1500m"), List.of(pod("cpu", "1")), NODE))
                .contains(
                        PodFailure.refusal(
                                "OutOfcpu",
                                "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000"));
        assertThat(PodAdmission.refusal(pod("memory", "2Gi"), List.of(), NODE))
                .map(PodFailure::reason)
                .contains("OutOfmemory");
        assertThat(PodAdmission.refusal(pod("gpu", "1"), List.of(), NODE))
                .map(PodFailure::reason)
                .contains("OutOfgpu");
    }

    @Test
    void refusesOnePodTooMany() {
        PodSpec small = pod("cpu", "1m");
        assertThat(PodAdmission.refusal(small, List.of(small, small, small), NODE))
                .map(PodFailure::reason)
                .contains("OutOfpods");
    }

    @Test
    void refusesAPortOfTheNodeThatIsTaken() {
        PodSpec first = withPort("TCP", "127.0.0.1");
        assertThat(PodAdmission.refusal(withPort("TCP", ""), List.of(first), NODE))
                .contains(
                        PodFailure.refusal(
                                "NodePorts",
                                "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
        assertThat(PodAdmission.refusal(withPort("UDP", ""), List.of(first), NODE)).isEmpty();
        assertThat(PodAdmission.refusal(withPort("TCP", "127.0.0.2"), List.of(first), NODE))
                .isEmpty();
    }

    private static PodSpec withPort(String protocol, String address) {
        PodSpec pod = pod("cpu", "1m");
        ObjectNode container = (ObjectNode) pod.spec().path("containers").get(0);
        container
                .putArray("ports")
                .addObject()
                .put("containerPort", 80)
                .put("hostPort", 80)
                .put("protocol", protocol)
                .put("hostIP", address);
        return pod;
    }

    @Test
    void resourcesThatOnlyTheClusterKnowsAreNotTheNodesConcern() {
        assertThat(PodAdmission.refusal(pod("example.com/foo", "9"), List.of(), NODE)).isEmpty();
    }

    private static PodSpec pod(String resource, String amount) {
        String json =
                "{\"spec\": {\"containers\": [{\"name\": \"a\", \"resources\": {\"requests\": {\"%s\": \"%s\"}}}]}}";
        return new PodSpec(
                new Resource(
                        (ObjectNode)
                                JsonMapper.shared().readTree(json.formatted(resource, amount))));
    }
}
