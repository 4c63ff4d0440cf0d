package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.testcontainers.GantryContainer;
import dev.gantry.testkit.Patience;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.util.Config;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A cluster for the integration tests of another project, in the clients that such projects use.
 */
@Order(8)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Docker.ENGINE)
@ExtendWith(Docker.Ready.class)
final class GantryContainerTest {
    private static GantryContainer cluster;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        cluster = new GantryContainer();
        long began = System.nanoTime();
        cluster.start();
        System.out.printf("GantryContainer: %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    @AfterAll
    static void leavesNothing() {
        cluster.stop();
        assertThat(Docker.run(List.of("ps", "-aq", "--filter=ancestor=gantry-cluster:0.1.0")))
                .isEmpty();
    }

    @Test
    void fabric8RunsAPodAndReadsItsLog() {
        var config = io.fabric8.kubernetes.client.Config.fromKubeconfig(cluster.getKubeconfig());
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(client.nodes().list().getItems()).hasSize(1);
            var pod =
                    new PodBuilder()
                            .withNewMetadata()
                            .withName("once")
                            .endMetadata()
                            .withNewSpec()
                            .withRestartPolicy("Never")
                            .addNewContainer()
                            .withName("main")
                            .withImage(Cluster.IMAGE)
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

    @Test
    void theKubernetesJavaClientRunsAPodOfAnImageThatWasLoaded() throws Exception {
        cluster.loadImage(archive("example/own:1").toString());
        var api = new CoreV1Api(Config.fromConfig(new StringReader(cluster.getKubeconfig())));
        var container =
                new V1Container()
                        .name("main")
                        .image("example/own:1")
                        .command(List.of("/busybox", "true"));
        var pod =
                new V1Pod()
                        .metadata(new V1ObjectMeta().name("own"))
                        .spec(
                                new V1PodSpec()
                                        .restartPolicy("Never")
                                        // This client sends an empty map else, which Kubernetes
                                        // refuses, too: an overhead without a RuntimeClass.
                                        .overhead(null)
                                        .containers(List.of(container)));
        api.createNamespacedPod("default", pod).execute();
        Patience.await()
                .until(
                        () ->
                                "Succeeded"
                                        .equals(
                                                api.readNamespacedPod("own", "default")
                                                        .execute()
                                                        .getStatus()
                                                        .getPhase()));
    }

    /** An image as a project builds it, in a file. */
    private Path archive(String name) {
        Path file = folder.resolve("image.tar");
        String script =
                "tar -C /usr/bin -c busybox | docker import - %1$s && docker save -o %2$s %1$s";
        Cluster.Result made =
                Cluster.run(
                        List.of("sh", "-c", script.formatted(name, file)),
                        "",
                        Duration.ofMinutes(1));
        assertThat(made.code()).as(made.text()).isZero();
        return file;
    }
}
