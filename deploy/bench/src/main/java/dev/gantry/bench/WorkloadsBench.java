package dev.gantry.bench;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.client.Workers;
import dev.gantry.bench.rollout.DeploymentForm;
import dev.gantry.bench.rollout.Rollouts;
import dev.gantry.bench.rounds.Rounds;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench workloads}: what a person waits for who works with Deployments. */
@Command(
        name = "workloads",
        mixinStandardHelpOptions = true,
        description = {
            "Creates a Deployment, scales, updates and deletes it: how long each takes.",
            "Where a cluster has no node that runs pods, only what its controllers do is measured,"
                    + " in all clusters alike."
        })
final class WorkloadsBench implements Callable<Integer> {
    @Mixin private Target target = new Target();
    @Mixin private Rounds rounds = new Rounds();

    @Option(
            names = "--replicas",
            defaultValue = "10",
            description = "Of the Deployment; twice as many when scaled up; default 10.")
    private int replicas;

    @Option(
            names = "--image",
            defaultValue = "localhost/gantry/busybox:1.37",
            description = "An image that all nodes have, with sh; default that of the demo.")
    private String image = "";

    @Option(
            names = "--controllers-only",
            description = "With pods that fit no node: what the controllers do is measured.")
    private boolean controllersOnly;

    @Override
    public Integer call() throws Exception {
        List<Cluster> clusters = target.clusters();
        Optional<Cluster> idle =
                clusters.stream().filter(each -> Workers.of(each) != Workers.REAL).findFirst();
        String measured =
                idle.map(each -> "the controllers: %s runs no pods".formatted(each.name()))
                        .orElse(controllersOnly ? "the controllers" : "pods that become ready");
        var form = new DeploymentForm(image, idle.isEmpty() && !controllersOnly);
        rounds.measure(clusters, each -> new Rollouts(each, form, replicas, measured))
                .print(target.json);
        return 0;
    }
}
