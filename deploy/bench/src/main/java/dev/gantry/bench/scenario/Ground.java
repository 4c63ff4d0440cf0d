package dev.gantry.bench.scenario;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Burst.Request;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.workload.Run;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** A namespace for one scenario, with a kubelet for its pods; it ends when all of it is gone. */
@SuppressWarnings("try") // An interrupt while it goes ends the benchmark.
final class Ground implements AutoCloseable {
    private static final String NAMESPACES = "/api/v1/namespaces";

    private final Cluster cluster;
    private final Run run;
    private final int nodes;
    private final Progress progress;
    private final BenchNamespace namespace;
    private final Burst burst;
    private final SimulatedKubelet kubelet;

    /**
     * @param nodes how many simulated ones the run has
     */
    Ground(Cluster cluster, Run run, int nodes, Progress progress)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.run = run;
        this.nodes = nodes;
        this.progress = progress;
        this.namespace = new BenchNamespace(cluster.api());
        namespace.awaitServiceAccount();
        namespace.awaitRoots();
        this.burst = new Burst(cluster, progress);
        this.kubelet = new SimulatedKubelet(cluster, namespace.name());
    }

    Cluster cluster() {
        return cluster;
    }

    ClusterApi api() {
        return cluster.api();
    }

    String namespace() {
        return namespace.name();
    }

    ScenarioObjects objects() {
        return new ScenarioObjects(run);
    }

    String node(int number) {
        return run.node(number % nodes);
    }

    /** The path of a collection of the namespace, such as {@code api/v1} and {@code pods}. */
    String path(String version, String plural) {
        return "/%s/namespaces/%s/%s".formatted(version, namespace(), plural);
    }

    /** Creates that many objects in a collection. */
    void create(String path, int count, IntFunction<String> bodies)
            throws IOException, InterruptedException {
        burst.send("creating " + path, count, i -> new Request("POST", path, bodies.apply(i)));
    }

    WatchedObjects watch(String path, ToIntFunction<JsonNode> amount) throws IOException {
        return new WatchedObjects(cluster, path, "", amount);
    }

    /** A watch of the namespace itself. */
    WatchedObjects watchNamespace() throws IOException {
        String query = "&fieldSelector=metadata.name%3D" + namespace();
        return new WatchedObjects(cluster, NAMESPACES, query, Amounts::nothing);
    }

    void removeNamespace() {
        namespace.remove();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        progress.say("removing %s", namespace());
        try (kubelet;
                var left = watchNamespace()) {
            if (exists()) {
                left.await("the namespace", () -> left.count() == 1);
                removeNamespace();
                left.await("the end of " + namespace(), () -> left.count() == 0);
            }
        }
    }

    private boolean exists() {
        String query = "?fieldSelector=metadata.name%3D" + namespace();
        return !cluster.read(NAMESPACES + query).tree().path("items").isEmpty();
    }
}
