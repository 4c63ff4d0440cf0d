package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A pod of which one container's end starts all of them again, on a real containerd. */
class RestartAllOnContainerdTest extends NodeOnContainerd {
    /**
     * Also those that are done. Those that would take their time to end have a moment only, and no
     * hook of theirs is run.
     */
    @Test
    void startsAllAgainWithTheSameAddressAndVolumes() throws Exception {
        Path shared = Files.createDirectory(containerd.root().resolve("shared"));
        Resource pod =
                node.run(
                        "again",
                        """
                        {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1000,
                         "volumes": [{"name": "shared", "hostPath": {"path": "SHARED"}}, {"name": "own", "emptyDir": {}}],
                         "initContainers": [{"name": "init", "image": "IMAGE", MOUNTS, "command": ["sh", "-c", "echo init >> /shared/log"]}],
                         "containers": [
                           {"name": "asks", "image": "IMAGE", MOUNTS, "restartPolicy": "Never",
                            "restartPolicyRules": [{"action": "RestartAllContainers", "exitCodes": {"operator": "In", "values": [42]}}],
                            "command": ["sh", "-c", "if [ -e /own/seen ]; then exec sleep 1000; fi; touch /own/seen; until [ -e /shared/go ]; do sleep 0.1; done; exit 42"]},
                           {"name": "stays", "image": "IMAGE", MOUNTS, "lifecycle": {"preStop": {"exec": {"command": ["sh", "-c", "echo hook >> /shared/log"]}}}, "command": ["sh", "-c", "trap '' TERM; echo stays >> /shared/log; while true; do sleep 1; done"]},
                           {"name": "done", "image": "IMAGE", MOUNTS, "command": ["sh", "-c", "echo done >> /shared/log"]}]}
                        """
                                .replace("SHARED", shared.toString())
                                .replace(
                                        "MOUNTS",
                                        "\"volumeMounts\": [{\"name\": \"shared\", \"mountPath\": \"/shared\"}, {\"name\": \"own\", \"mountPath\": \"/own\"}]"));
        await().until(() -> container(2).at("/state/terminated/exitCode").asInt(-1) == 0);
        String address = Resource.text(node.status("again"), "podIP");
        Files.createFile(shared.resolve("go"));
        await().until(
                        () ->
                                container(0).at("/state/running").isObject()
                                        && container(0).path("restartCount").asInt() == 1
                                        && container(1).at("/state/running").isObject()
                                        && container(1).path("restartCount").asInt() == 1
                                        && container(2).at("/state/terminated").isObject()
                                        && container(2).path("restartCount").asInt() == 1);
        assertThat(Files.readAllLines(shared.resolve("log")))
                .hasSize(6)
                .doesNotContain("hook")
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0)).isEqualTo("init");
                            assertThat(lines.get(3)).isEqualTo("init");
                        });
        JsonNode status = node.status("again");
        assertThat(Resource.text(status, "podIP")).isEqualTo(address);
        assertThat(Resource.text(status, "phase")).isEqualTo("Running");
        assertThat(Conditions.isTrue(status.path("conditions"), "AllContainersRestarting"))
                .isFalse();
        assertThat(container(1).at("/lastState/terminated/reason").asString())
                .isEqualTo("RestartingAllContainers");
        node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("again").orElseThrow().isGone());
    }

    private JsonNode container(int index) {
        return node.status("again").path("containerStatuses").path(index);
    }
}
