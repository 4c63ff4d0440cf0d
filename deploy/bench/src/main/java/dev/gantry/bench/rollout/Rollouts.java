package dev.gantry.bench.rollout;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.rounds.Benchmark;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action.Propagation;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One Deployment per round, from its creation to the end of its last pod. */
public final class Rollouts implements Benchmark.Session {
    private static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;

    private final Cluster cluster;
    private final ClusterApi api;
    private final DeploymentForm form;
    private final int replicas;
    private final String measured;
    private final BenchNamespace namespace;
    private int round;

    /**
     * @param measured what people are told that the figures mean
     */
    public Rollouts(Cluster cluster, DeploymentForm form, int replicas, String measured)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.api = cluster.api();
        this.form = form;
        this.replicas = replicas;
        this.measured = measured;
        this.namespace = new BenchNamespace(api);
        namespace.awaitServiceAccount();
        round(1);
    }

    @Override
    public Report round() throws IOException, InterruptedException {
        return round(replicas);
    }

    @Override
    public void close() {
        namespace.remove();
    }

    private Report round(int count) throws IOException, InterruptedException {
        var key = new ObjectKey(DEPLOYMENTS, namespace.name(), "bench-" + round++);
        boolean isRun = form.isRun();
        Report report =
                new Report("workloads")
                        .fact("measured", measured)
                        .fact("replicas", Integer.toString(count));
        try (var watch = new StopWatch(cluster, namespace.name(), report)) {
            var object = tree(form.json(key.name(), count, 1));
            object.withObject("metadata").put("namespace", namespace.name());
            watch.take(
                    Goal.ofCreation(count, isRun),
                    () -> api.create(DEPLOYMENTS, new Resource(object)));
            watch.take(
                    Goal.ofScalingUp(2 * count, isRun),
                    () -> api.mergePatch(key, "", tree(DeploymentForm.scaled(2 * count))));
            watch.take(
                    Goal.ofScalingDown(count),
                    () -> api.mergePatch(key, "", tree(DeploymentForm.scaled(count))));
            watch.take(
                    Goal.ofUpdate(count, 2, isRun),
                    () -> api.mergePatch(key, "", tree(DeploymentForm.revised(2))));
            Resource made = api.get(key).orElseThrow();
            watch.take(
                    Goal.ofDeletion(), () -> api.delete(key, made.uid(), Propagation.BACKGROUND));
        }
        return report;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
