package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gantry.local.demo.WorkloadWait;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
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
