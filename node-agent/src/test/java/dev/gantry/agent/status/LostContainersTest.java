package dev.gantry.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LostContainersTest {
    private static final PodSpec POD =
            new PodSpec(
                    new Resource((ObjectNode) json("{'spec': {'containers': [{'name': 'a'}]}}")));

    @Test
    void whatRanAndIsGoneHasEndedInAWayThatNobodyKnows() {
        SeenContainer lost = only(new LostContainers(), reported("False", "running", 3));
        assertThat(lost.isLost()).isTrue();
        assertThat(lost.status().reason()).isEqualTo("ContainerStatusUnknown");
        assertThat(lost.status().exitCode()).isEqualTo(137);
        assertThat(lost.nextAttempt()).isEqualTo(4);
    }

    @Test
    void whatWasTakenAwayToStartAgainIsCountedOnce() {
        var containers = new LostContainers();
        SeenContainer lost = only(containers, reported("True", "terminated", 3));
        assertThat(lost.wasReset()).isTrue();
        assertThat(lost.restartCount()).isEqualTo(4);
        assertThat(lost.nextAttempt()).isEqualTo(4);
        JsonNode told =
                json(
                        """
                        {'conditions': [{'type': 'AllContainersRestarting', 'status': 'True'}],
                         'containerStatuses': [{'name': 'a', 'restartCount': 4, 'containerID': 'containerd://x', 'state': {'waiting': {}},
                           'lastState': {'terminated': {'reason': 'RestartingAllContainers', 'exitCode': 137}}}]}
                        """);
        assertThat(only(containers, told)).isEqualTo(lost);
        assertThat(only(new LostContainers(), told).nextAttempt())
                .as("by an agent that began anew")
                .isEqualTo(4);
    }

    @Test
    void whatIsLostAgainIsTakenFromTheLatestReport() {
        var containers = new LostContainers();
        only(containers, reported("True", "terminated", 0));
        containers.added(List.of(found()), POD, reported("False", "running", 1));
        assertThat(only(containers, reported("True", "terminated", 1)).nextAttempt()).isEqualTo(2);
    }

    private static SeenContainer only(LostContainers containers, JsonNode reported) {
        List<SeenContainer> all = containers.added(List.of(), POD, reported);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static SeenContainer found() {
        return new SeenContainer(
                new ContainerStatus(
                        new ContainerStatus.Identity("y", "a", 1),
                        ContainerState.RUNNING,
                        new ContainerStatus.Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH),
                        ContainerStatus.Exit.NONE,
                        new ImageUse("i", "i"),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        new TreeMap<>(),
                        new TreeMap<>()),
                "s");
    }

    private static JsonNode reported(String restarting, String state, int restarts) {
        return json(
                """
                {'conditions': [{'type': 'AllContainersRestarting', 'status': '%s'}],
                 'containerStatuses': [{'name': 'a', 'restartCount': %d, 'containerID': 'containerd://x', 'state': {'%s': {}}}]}
                """
                        .formatted(restarting, restarts, state));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
