package dev.gantry.bench.scenario;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Burst.Request;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.rounds.Benchmark;
import dev.gantry.bench.workload.Run;
import java.io.IOException;
import java.util.List;

/** The scenarios in one cluster, one after the other, on nodes that it makes and removes. */
public final class ScenarioSession implements Benchmark.Session {
    private static final String NODES = "/api/v1/nodes";
    private static final int PODS_PER_NODE = 80;

    private final Progress progress = new Progress();
    private final Run run = new Run("bench-" + Long.toString(System.currentTimeMillis(), 36));
    private final Cluster cluster;
    private final List<Scenario> scenarios;
    private final int percent;
    private final int nodes;

    /**
     * @param percent of the size that each scenario has by itself
     */
    public ScenarioSession(Cluster cluster, List<Scenario> scenarios, int percent)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.scenarios = scenarios;
        this.percent = percent;
        int most = scenarios.stream().mapToInt(each -> each.size(percent)).max().orElse(0);
        this.nodes = 1 + most / PODS_PER_NODE;
        var burst = new Burst(cluster, progress);
        burst.send(
                "making simulated nodes",
                nodes,
                i -> new Request("POST", NODES, run.nodeJson(run.node(i), "zone", i)));
        burst.send(
                "making them ready",
                nodes,
                i -> new Request("PATCH", NODES + "/" + run.node(i), run.readyJson()));
    }

    @Override
    @SuppressWarnings("try") // An interrupt while a ground goes ends the benchmark.
    public Report round() throws IOException, InterruptedException {
        Report report = new Report("workloads").fact("size", percent + " % of each scenario's own");
        for (Scenario each : scenarios) {
            int size = each.size(percent);
            int count = each.count(size);
            progress.say("%s: %s: %d", cluster.name(), each.label(), size);
            try (var ground = new Ground(cluster, run, nodes, progress)) {
                double perSecond = count / each.seconds(ground, size);
                report.add(each.label() + "PerSecond", count + " " + each.done(), perSecond, "/s");
                progress.say("%s: %.1f/s", each.label(), perSecond);
            }
        }
        return report;
    }

    @Override
    public void close() {
        try {
            new Burst(cluster, progress)
                    .send(
                            "removing the nodes",
                            nodes,
                            i -> new Request("DELETE", NODES + "/" + run.node(i), ""));
        } catch (IOException failed) {
            progress.say("the nodes of %s are left: %s", run.id(), failed.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
