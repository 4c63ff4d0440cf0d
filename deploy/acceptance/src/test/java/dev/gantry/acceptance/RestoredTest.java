package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The database goes on with another history than the one that everybody knows. An informer of the
 * Kubernetes Java Client watches all the time.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
final class RestoredTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;
    private SharedInformerFactory informers;
    private SharedIndexInformer<V1ConfigMap> informer;

    RestoredTest(Cluster cluster) {
        this.cluster = cluster;
        this.ns = new TestNamespace(cluster);
    }

    @BeforeEach
    void inform() throws Exception {
        ApiClient client = Config.fromConfig(cluster.kubeconfig().toString());
        client.setConnectTimeout((int) Patience.LIMIT.toMillis());
        var core = new CoreV1Api(client);
        informers = new SharedInformerFactory(client);
        informer =
                informers.sharedIndexInformerFor(
                        asked ->
                                core.listNamespacedConfigMap(ns.name())
                                        .resourceVersion(asked.resourceVersion)
                                        .timeoutSeconds(asked.timeoutSeconds)
                                        .watch(asked.watch)
                                        .buildCall(null),
                        V1ConfigMap.class,
                        V1ConfigMapList.class);
        informers.startAllRegisteredInformers();
        ns.kubectl("create", "configmap", "kept");
        eventually(() -> informed().contains("kept"));
    }

    @AfterEach
    void stop() {
        informers.stopAllRegisteredInformers();
    }

    /** Nothing in the database says that it is an older one; Kafka's topics do. */
    @Test
    void filesOfADatabaseThatAreCopiedBackAreWhatEverybodyGoesOnWith() throws Exception {
        ns.web("web", 1);
        Path files = cluster.home().resolve("data/postgres");
        Path copy = cluster.home().resolve("data/postgres.copy");
        whileItIsDown(() -> copy(files, copy));
        ns.kubectl("delete", "configmap", "kept");
        ns.kubectl("create", "configmap", "lost");
        ns.web("lost", 1);
        eventually(() -> informed().contains("lost"));
        whileItIsDown(
                () -> {
                    assertThat(Cluster.run(List.of("rm", "-r", files.toString())).code()).isZero();
                    Files.move(copy, files);
                });
        eventually(() -> informed().contains("kept") && !informed().contains("lost"));
        ns.rolledOut("web");
        everybodyGoesOn();
        assertThat(ns.kubectl("get", "deployments,replicasets,pods")).doesNotContain("lost");
    }

    private interface Step {
        void run() throws Exception;
    }

    private void whileItIsDown(Step step) throws Exception {
        assertThat(cluster.launcher("down").code()).isZero();
        step.run();
        cluster.up();
    }

    private static void copy(Path from, Path to) {
        assertThat(Cluster.run(List.of("cp", "-a", from.toString(), to.toString())).code())
                .isZero();
    }

    /** Controllers, scheduler and agents, and those who take away what is left over. */
    private void everybodyGoesOn() {
        ns.web("after", 1);
        ns.kubectl("delete", "deployment", "after", "--cascade=background");
        eventually(() -> !ns.kubectl("get", "replicasets,pods").contains("after"));
        eventually(cluster::isWell);
    }

    private Set<String> informed() {
        return informer.getIndexer().list().stream()
                .map(each -> each.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
