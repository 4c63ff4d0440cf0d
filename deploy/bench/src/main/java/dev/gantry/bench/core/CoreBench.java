package dev.gantry.bench.core;

import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.scheduler.placement.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** {@code bench schedule --core}: medians of several rounds, after some that only warm up. */
public final class CoreBench {
    private static final int WARM_UPS = 3;
    private static final int MEMORY_NODES = 15_000;
    private static final int RATE = 500;

    private final int rounds;
    private final ImageStock images;

    public CoreBench(int rounds, ImageStock images) {
        this.rounds = rounds;
        this.images = images;
    }

    public Report throughput(Workload workload, Sizes sizes) {
        CoreMemory memory = CoreMemory.measure(workload, MEMORY_NODES, images);
        var runs = new CoreRounds(new CoreCluster(workload, sizes, images), Profile.PACKING);
        CoreRounds.Outcome alone = median(runs::place);
        CoreRounds.Outcome whole = median(runs::cycle);
        return report(workload, sizes)
                .fact("measured", "the scheduler's core alone, in process")
                .add("podsPerSecond", "pods placed per second", alone.podsPerSecond(), "/s")
                .add(
                        "cyclePodsPerSecond",
                        "with queue, messages and confirmations",
                        whole.podsPerSecond(),
                        "/s")
                .add("missing", "pods not placed", sizes.pods() - alone.placed(), "")
                .add("bytesPerNode", "memory per node", memory.perNode(), "B")
                .add("bytesPerPod", "memory per pod", memory.perPod(), "B")
                .add("factBytesPerNode", "what is kept of a node", memory.factsPerNode(), "B")
                .add("demandBytesPerPod", "what is kept of a pod", memory.demandPerPod(), "B");
    }

    public Report latency(Workload workload, Sizes sizes) {
        var cluster = new CoreCluster(workload, sizes.with(-1, -1, 0), images);
        PodForm form = workload.measured();
        new CoreLatency(cluster, form, sizes.with(-1, -1, 2 * RATE), RATE * 10).measure();
        Samples samples = new CoreLatency(cluster, form, sizes, RATE).measure();
        return report(workload, sizes)
                .fact("measured", "from the queue to the decision at " + RATE + " pods/s")
                .add("latencyP50Ms", "queue to decision, p50", samples.percentile(50), "ms")
                .add("latencyP99Ms", "queue to decision, p99", samples.percentile(99), "ms")
                .add("latencyMaxMs", "queue to decision, longest", samples.percentile(100), "ms")
                .add("missing", "pods not placed", sizes.pods() - samples.count(), "");
    }

    private Report report(Workload workload, Sizes sizes) {
        return new Report("schedule")
                .fact("workload", workload.label())
                .add("nodes", "nodes", sizes.nodes(), "")
                .add("images", "nodes that have the pods' image", images.percent(), "%")
                .add("existing", "pods that exist before", sizes.existing(), "")
                .add("pods", "pods", sizes.pods(), "");
    }

    private CoreRounds.Outcome median(Supplier<CoreRounds.Outcome> round) {
        List<CoreRounds.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + rounds; i++) {
            outcomes.add(round.get());
        }
        outcomes.subList(0, WARM_UPS).clear();
        outcomes.sort(Comparator.comparingDouble(CoreRounds.Outcome::seconds));
        return outcomes.get(outcomes.size() / 2);
    }
}
