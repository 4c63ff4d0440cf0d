package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Target;
import dev.gantry.bench.core.CoreBench;
import dev.gantry.bench.core.ImageStock;
import dev.gantry.bench.packing.PackingBench;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench schedule}: chooses what is measured, and how. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        description = "Places pods onto simulated nodes, in a cluster or (--core) in this process.")
public final class ScheduleBench implements Callable<Integer> {
    @Mixin private Target target = new Target();

    @Option(
            names = "--workload",
            defaultValue = "basic",
            description =
                    "One of basic, spread, spread-preferred, affinity, antiaffinity, preemption,"
                            + " churn, daemonset, backlog, preemption-only, or all; default basic.")
    private String workload = "basic";

    @Option(
            names = "--nodes",
            defaultValue = "-1",
            description = "Simulated nodes; default: the workload's.")
    private int nodes;

    @Option(
            names = "--existing",
            defaultValue = "-1",
            description = "Pods that are there before; default: the workload's.")
    private int existing;

    @Option(
            names = "--pods",
            defaultValue = "-1",
            description = "Pods to place; default: the workload's.")
    private int pods;

    @Option(
            names = "--core",
            description = "The algorithm alone, in this process: no cluster is needed.")
    private boolean core;

    @Option(
            names = "--latency",
            description = "With --core: from the queue to the decision, at 500 pods/s.")
    private boolean latency;

    @Option(
            names = "--packing",
            description =
                    "How many machines eleven random workloads need: the default profile beside"
                            + " spreading and MostAllocated. No cluster is needed.")
    private boolean packing;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "With --core: the median of so many counts; default 5.")
    private int rounds;

    @Option(
            names = "--images",
            defaultValue = "0",
            description =
                    "With --core: so many of a hundred nodes have the pods' image, which comes to"
                            + " one or leaves one after every tenth pod; default 0.")
    private int images;

    @Option(
            names = "--meanwhile",
            description =
                    "Only measures placing pods while they are created. Otherwise, where schedulers"
                            + " lead by the lease kube-system/kube-scheduler, the benchmark holds it"
                            + " while it creates the pods, and measures from its release to the"
                            + " last binding as well.")
    private boolean meanwhile;

    @Option(
            names = "--warm-up",
            defaultValue = "40000",
            description =
                    "At most so many pods are placed and removed before, until that gets no faster;"
                            + " default 40000.")
    private int warmUp;

    @Override
    public Integer call() throws Exception {
        if (packing) {
            PackingBench.measure().print(target.json);
            return 0;
        }
        List<Workload> chosen = chosen();
        List<Report> reports = new ArrayList<>();
        for (Workload each : chosen) {
            Sizes sizes = each.sizes().with(nodes, existing, pods);
            Report report = core ? coreReport(each, sizes) : liveReport(each, sizes);
            reports.add(report);
            if (target.json || chosen.size() == 1) {
                report.print(target.json);
            }
        }
        if (!target.json && chosen.size() > 1) {
            Comparison.print(chosen, reports);
        }
        return reports.stream().allMatch(each -> each.value("missing") == 0) ? 0 : 1;
    }

    private List<Workload> chosen() {
        if (workload.equals("all")) {
            return Workload.COMPARED;
        }
        return List.of(
                Workload.named(workload)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no workload '%s', there are: %s"
                                                        .formatted(workload, names()))));
    }

    private Report liveReport(Workload chosen, Sizes sizes) throws Exception {
        return new LiveBench(target.only(), chosen, sizes, warmUp).measure(meanwhile);
    }

    private Report coreReport(Workload chosen, Sizes sizes) {
        var bench = new CoreBench(rounds, new ImageStock(images));
        if (latency) {
            return bench.latency(chosen, sizes.with(-1, -1, pods < 0 ? 5_000 : pods));
        }
        return bench.throughput(chosen, sizes);
    }

    private static String names() {
        List<Workload> all = Arrays.asList(Workload.values());
        return all.stream().map(Workload::label).collect(Collectors.joining(", "));
    }
}
