package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gantry.local.demo.WorkloadWait;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What does not come up says why, to a person who knows nothing yet. */
@ExtendWith(Cluster.Shared.class)
final class ExplainedStartTest {
    private static final String IMAGE = "registry.invalid/nothing:1";

    @Test
    void aRolloutThatHangsNamesEachPodAndWhatItLacks(Cluster cluster) throws IOException {
        try (var ns = new TestNamespace(cluster)) {
            ns.kubectl("create", "deployment", "web", "--image=" + IMAGE, "--replicas=2");
            eventually(
                    () ->
                            ns.kubectl("get", "events", "--field-selector=type=Warning")
                                            .split(IMAGE, -1)
                                            .length
                                    > 2);
            var web = new ObjectKey(Resources.DEPLOYMENTS, ns.name(), "web");
            var rollout = new WorkloadWait(cluster.kubeconfig(), web);

            var failure =
                    assertThatIOException()
                            .isThrownBy(() -> rollout.await(Duration.ofSeconds(2)))
                            .withMessageContaining("container nothing waits: ")
                            .withMessageContaining("ImagePull")
                            .withMessageContaining("latest warning: ")
                            .withMessageContaining(IMAGE);
            for (var pod : ns.json("get", "pods").path("items")) {
                failure.withMessageContaining(pod.at("/metadata/name").asString() + " (on node-");
            }
        }
    }
}
