package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A taint that only keeps away what is not here yet is the scheduler's concern. */
    private static final Resource LABELLED =
            resource(
                    "{'metadata': {'name': 'n', 'labels': {'disk': 'hdd'}}, 'spec': {'taints': [{'key': 'kept', 'effect': 'NoSchedule'}]}}");

    private static final Resource TAINTED =
            resource(
                    "{'metadata': {'name': 'n'}, 'spec': {'taints': [{'key': 'going', 'effect': 'NoExecute'}]}}");

    @Test
    void takesWhatFits() {
        assertThat(refusal(pod("cpu", "1"), List.of(pod("cpu", "1")))).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFitWithUpstreamsWords() {
        assertThat(refusal(pod("cpu", "1500m"), List.of(pod("cpu", "1"))))
                .contains(
                        PodFailure.refusal(
                                "OutOfcpu",
                                "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000"));
        assertThat(refusal(pod("memory", "2Gi"), List.of()))
                .map(PodFailure::reason)
                .contains("OutOfmemory");
        assertThat(refusal(pod("gpu", "1"), List.of()))
                .map(PodFailure::reason)
                .contains("OutOfgpu");
    }

    @Test
    void refusesAPodThatWantsAnotherNode() {
        String message =
                "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";
        assertThat(refusal(with("'nodeSelector': {'disk': 'ssd'}"), List.of()))
                .contains(PodFailure.refusal("NodeAffinity", message));
        assertThat(refusal(with("'nodeSelector': {'disk': 'hdd'}"), List.of())).isEmpty();
        String required =
                "'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [%s]}}}";
        String disk = "{'matchExpressions': [{'key': 'disk', 'operator': 'In', 'values': ['%s']}]}";
        assertThat(refusal(with(required.formatted(disk.formatted("ssd"))), List.of()))
                .map(PodFailure::reason)
                .contains("NodeAffinity");
        String either = disk.formatted("ssd") + ", " + disk.formatted("hdd");
        assertThat(refusal(with(required.formatted(either)), List.of())).isEmpty();
    }

    @Test
    void refusesAPodThatTheNodesTaintsWouldDriveAway() {
        assertThat(refusal(with("'priority': 0"), List.of(), TAINTED))
                .contains(
                        PodFailure.refusal(
                                "TaintToleration",
                                "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate"));
        String toleration =
                "'tolerations': [{'key': 'going', 'operator': 'Exists', 'tolerationSeconds': 1}]";
        assertThat(refusal(with(toleration), List.of(), TAINTED)).isEmpty();
    }

    @Test
    void whatIsShortCountsBeforeWhatIsWrittenOnTheNode() {
        PodSpec pod = with("'nodeSelector': {'disk': 'ssd'}");
        assertThat(refusal(pod, List.of(pod, pod, pod)))
                .map(PodFailure::reason)
                .contains("OutOfpods");
    }

    @Test
    void aNodeThatNobodyKnowsRefusesNobodyForItsLabels() {
        PodSpec pod = with("'nodeSelector': {'disk': 'ssd'}");
        assertThat(PodAdmission.refusal(pod, List.of(), NODE, Optional.empty())).isEmpty();
    }

    @Test
    void refusesOnePodTooMany() {
        PodSpec small = pod("cpu", "1m");
        assertThat(refusal(small, List.of(small, small, small)))
                .map(PodFailure::reason)
                .contains("OutOfpods");
    }

    @Test
    void refusesAPortOfTheNodeThatIsTaken() {
        PodSpec first = withPort("TCP", "127.0.0.1");
        assertThat(refusal(withPort("TCP", ""), List.of(first)))
                .contains(
                        PodFailure.refusal(
                                "NodePorts",
                                "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
        assertThat(refusal(withPort("UDP", ""), List.of(first))).isEmpty();
        assertThat(refusal(withPort("TCP", "127.0.0.2"), List.of(first))).isEmpty();
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
        assertThat(refusal(pod("example.com/foo", "9"), List.of())).isEmpty();
    }

    private static Optional<PodFailure> refusal(PodSpec pod, List<PodSpec> others) {
        return refusal(pod, others, LABELLED);
    }

    private static Optional<PodFailure> refusal(PodSpec pod, List<PodSpec> others, Resource node) {
        return PodAdmission.refusal(pod, others, NODE, Optional.of(node));
    }

    private static PodSpec with(String spec) {
        return new PodSpec(
                resource("{'spec': {%s, 'containers': [{'name': 'a'}]}}".formatted(spec)));
    }

    private static Resource resource(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
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
