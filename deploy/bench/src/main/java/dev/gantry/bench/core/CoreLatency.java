package dev.gantry.bench.core;

import dev.gantry.bench.report.Samples;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.model.message.Binding;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a pod waits from entering the queue to its decision while pods come at a steady rate.
 * What a busy cycle delays counts: each pod's clock starts when it was due to come.
 */
final class CoreLatency {
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final SchedulingCycle cycle;
    private final List<PodSighting> pods = new ArrayList<>();
    private final long gapNanos;

    CoreLatency(CoreCluster cluster, PodForm form, Sizes sizes, int rate) {
        this.cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
        this.gapNanos = Duration.ofSeconds(1).toNanos() / rate;
        Instant now = Instant.now();
        cluster.inputs().forEach(each -> cycle.hear(each, now));
        for (int i = 0; i < sizes.pods(); i++) {
            pods.add(CoreCluster.measured(form, sizes, i));
        }
    }

    Samples measure() {
        Samples samples = new Samples();
        long began = System.nanoTime();
        int arrived = 0;
        Instant nextSweep = Instant.now().plus(SWEEP);
        while (samples.count() < pods.size()) {
            long due = began + arrived * gapNanos;
            if (arrived < pods.size() && !cycle.hasWork()) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Instant now = Instant.now();
            int before = arrived;
            while (arrived < pods.size() && began + arrived * gapNanos <= System.nanoTime()) {
                cycle.hear(new SchedulerInput.PodSeen(pods.get(arrived++)), now);
            }
            if (now.isAfter(nextSweep)) {
                cycle.sweep(now);
                nextSweep = now.plus(SWEEP);
            }
            long decided = decide(now);
            if (decided == 0 && before == pods.size()) {
                break;
            }
            for (long i = 0; i < decided; i++) {
                samples.add(System.nanoTime() - (began + samples.count() * gapNanos));
            }
        }
        return samples;
    }

    /** Equal pods are decided on in the order in which they came. */
    private long decide(Instant now) {
        List<Binding> batch = cycle.decide(256, now);
        return batch.stream().filter(binding -> !binding.node().isEmpty()).count();
    }
}
