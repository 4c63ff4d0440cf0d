package dev.gantry.bench;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.client.Workers;
import dev.gantry.bench.rollout.DeploymentForm;
import dev.gantry.bench.rollout.Rollouts;
import dev.gantry.bench.rounds.Rounds;
import dev.gantry.bench.scenario.Scenario;
import dev.gantry.bench.scenario.ScenarioSession;
import java.util.ArrayList;
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
            "With --scenario: what controllers do with thousands of objects, as rates; pods are placed"
                    + " on simulated nodes, which are made and removed.",
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

    @Option(
            names = "--scenario",
            split = ",",
            description = "jobs, replicas, update, namespace, garbage, endpoints, or all of them.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--percent",
            defaultValue = "100",
            description =
                    "Of a scenario's size, which is 1,000 Jobs, 5,000 replicas, 1,000 updated ones,"
                            + " 10,000 objects of a namespace or dependents of an owner, 5,000"
                            + " Services of 10 pods; default 100.")
    private int percent;

    @Override
    public Integer call() throws Exception {
        List<Cluster> clusters = target.clusters();
        if (!scenarios.isEmpty()) {
            List<Scenario> chosen = Scenario.named(scenarios);
            rounds.measure(clusters, each -> new ScenarioSession(each, chosen, percent))
                    .print(target.json);
            return 0;
        }
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
