package dev.gantry.bench.scenario;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios of which the scheduler and the simulated kubelet have their part. */
final class PodScenarios {
    private static final String APPS = "apis/apps/v1";
    private static final String CORE = "api/v1";

    private PodScenarios() {}

    static double jobs(Ground ground, int size) throws IOException, InterruptedException {
        String path = ground.path("apis/batch/v1", "jobs");
        try (var jobs = ground.watch(path, Amounts::complete)) {
            long began = System.nanoTime();
            ground.create(path, size, ground.objects()::job);
            return seconds(began, jobs.await("complete Jobs", () -> jobs.total() == size));
        }
    }

    static double replicas(Ground ground, int size) throws IOException, InterruptedException {
        try (var pods = ground.watch(ground.path(CORE, "pods"), Amounts::bound)) {
            long began = System.nanoTime();
            deploy(ground, size);
            return seconds(began, pods.await("bound pods", () -> pods.total() == size));
        }
    }

    /** From a roll-out that is complete. */
    static double update(Ground ground, int size) throws IOException, InterruptedException {
        String path = ground.path(CORE, "pods");
        try (var old = ground.watch(path, Amounts::ready);
                var pods = ground.watch(path, pod -> Amounts.readyOfRevision(pod, 2))) {
            deploy(ground, size);
            old.await("ready pods", () -> old.total() == size);
            long began = System.nanoTime();
            var deployment = new ObjectKey(Resources.DEPLOYMENTS, ground.namespace(), "bench");
            ground.api().mergePatch(deployment, "", tree(ScenarioObjects.revised(2)));
            return seconds(
                    began,
                    pods.await("updated pods", () -> pods.total() == size && pods.count() == size));
        }
    }

    private static void deploy(Ground ground, int replicas)
            throws IOException, InterruptedException {
        ground.create(
                ground.path(APPS, "deployments"), 1, _ -> ground.objects().deployment(replicas, 1));
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    static double seconds(long began, long ended) {
        return (ended - began) / 1e9;
    }
}
