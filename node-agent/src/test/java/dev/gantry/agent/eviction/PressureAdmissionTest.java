package dev.gantry.agent.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PressureAdmissionTest {
    private static final Pressure MEMORY = new Pressure(true, false, false);
    private static final Pressure DISK = new Pressure(false, true, false);
    private static final String FRUGAL = "'resources': {'requests': {'memory': '1Mi'}}";

    @Test
    void aFullDiskTakesNobodyButCriticalPods() {
        assertThat(PressureAdmission.refusal(pod("", FRUGAL), DISK))
                .hasValue(
                        PodFailure.refusal("Evicted", "The node had condition: [DiskPressure]. "));
        PodSpec critical = pod("'priority': 2000000000, ", "'image': 'i'");
        assertThat(PressureAdmission.refusal(critical, DISK)).isEmpty();
    }

    @Test
    void shortMemoryRefusesPodsThatAskedForNone() {
        assertThat(PressureAdmission.refusal(pod("", FRUGAL), MEMORY)).isEmpty();
        assertThat(PressureAdmission.refusal(pod("", "'image': 'i'"), MEMORY))
                .map(PodFailure::message)
                .hasValue("The node had condition: [MemoryPressure]. ");
    }

    @Test
    void shortMemoryTakesWhatToleratesIt() {
        String toleration =
                "'tolerations': [{'key': 'node.kubernetes.io/memory-pressure', 'operator': 'Exists'}], ";
        PodSpec tolerant = pod(toleration, "'image': 'i'");
        assertThat(PressureAdmission.refusal(tolerant, MEMORY)).isEmpty();
        assertThat(PressureAdmission.refusal(tolerant, new Pressure(true, true, false)))
                .map(PodFailure::message)
                .hasValue("The node had condition: [MemoryPressure DiskPressure]. ");
    }

    @Test
    void anEasyNodeTakesEverybody() {
        assertThat(PressureAdmission.refusal(pod("", "'image': 'i'"), Pressure.NONE)).isEmpty();
    }

    private static PodSpec pod(String more, String ofContainer) {
        String json =
                "{'spec': {%s'containers': [{'name': 'a', %s}]}}"
                        .formatted(more, ofContainer)
                        .replace('\'', '"');
        return new PodSpec(new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }
}
