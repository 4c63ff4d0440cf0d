package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gantry.local.demo.WorkloadWait;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What does not come up says why, to a person who knows nothing yet. */
@ExtendWith(Cluster.Shared.class)
final class ExplainedStartTest {
    private static final String IMAGE = "registry.invalid/nothing:1";

    @Test
    void aRolloutThatHangsNamesEachPodAndWhatItLacks(Cluster cluster) throws IOException {
        try (var ns = new TestNamespace(cluster)) {
            ns.kubectl("create", "deployment", "web", "--image=" + IMAGE, "--replicas=2");
            var web = new ObjectKey(Resources.DEPLOYMENTS, ns.name(), "web");
            var rollout = new WorkloadWait(cluster.kubeconfig(), web);

            // Pods that were not tried yet have nothing to say.
            Patience.await()
                    .untilAsserted(() -> explains(rollout, ns.json("get", "pods").path("items")));
        }
    }

    @Test
    void aSlotThatAnotherClusterHasIsLeftAlone(Cluster cluster) {
        int slot = cluster.instance(2).slot();
        long controlPlane = cluster.pid("control-plane");
        Cluster other = Cluster.notStarted("other", slot);
        for (String command : List.of("up", "down")) {
            Cluster.Result refused = other.launcher(command);
            assertThat(refused.code()).as(command).isEqualTo(1);
            assertThat(refused.errors())
                    .contains("slot " + slot + " is taken by the cluster in " + cluster.home())
                    .contains("Nothing was changed.");
        }
        assertThat(other.launcher("status").out())
                .startsWith("The cluster is down. In its slot, " + slot + ", is the cluster in ");
        assertThat(other.home()).doesNotExist();
        assertThat(cluster.pid("control-plane")).isEqualTo(controlPlane);
    }

    private static void explains(WorkloadWait rollout, JsonNode pods) {
        var failure =
                assertThatIOException()
                        .isThrownBy(() -> rollout.await(Duration.ofSeconds(2)))
                        .withMessageContaining("container nothing waits: ")
                        .withMessageContaining("ImagePull")
                        .withMessageContaining("latest warning: ")
                        .withMessageContaining(IMAGE);
        assertThat(pods).hasSize(2);
        for (JsonNode pod : pods) {
            failure.withMessageContaining(pod.at("/metadata/name").asString() + " (on node-");
        }
    }
}
