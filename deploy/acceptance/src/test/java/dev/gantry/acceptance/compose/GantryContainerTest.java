package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testcontainers.GantryContainer;
import dev.gantry.testkit.Patience;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A cluster for the integration tests of another project, which speaks to it by fabric8. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Docker.ENGINE)
final class GantryContainerTest {
    private Docker docker;

    @TempDir Path folder;

    @BeforeEach
    void start() throws IOException {
        docker = Docker.open(folder);
        Images.prepareCluster(folder);
    }

    @AfterEach
    void stop() throws IOException {
        docker.close();
    }

    @Test
    void isReadyWhenItIsStartedAndRunsPods() {
        try (var cluster = new GantryContainer()) {
            long began = System.nanoTime();
            cluster.start();
            System.out.printf("Ready after %.1f s%n", (System.nanoTime() - began) / 1e9);
            Config config = Config.fromKubeconfig(cluster.getKubeconfig());
            try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
                List<Node> nodes = client.nodes().list().getItems();
                assertThat(nodes).extracting(each -> each.getMetadata().getName()).hasSize(1);
                podWritesWhatItIsTold(client);
            }
        }
        assertThat(Docker.run(List.of("ps", "-q", "--filter=ancestor=gantry-cluster:0.1.0")))
                .isEmpty();
    }

    private static void podWritesWhatItIsTold(KubernetesClient client) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName("once")
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("main")
                        .withImage("localhost/gantry/busybox:1.37")
                        .withCommand("echo", "hello from a pod")
                        .endContainer()
                        .endSpec()
                        .build();
        var handle = client.pods().inNamespace("default").resource(pod);
        handle.create();
        Patience.await().until(() -> handle.get().getStatus().getPhase().equals("Succeeded"));
        assertThat(handle.getLog()).isEqualTo("hello from a pod\n");
    }
}
