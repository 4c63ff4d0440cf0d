package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.bench.rounds.Cleanup;
import dev.gantry.bench.workload.Run;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Measures a cluster's scheduler, from pods that wait to bindings that are durable.
 *
 * <p>Two ways. <em>Released</em>: the benchmark takes the scheduler's lease, creates the pods,
 * gives the lease back, and measures from then on: the scheduler alone has the machine.
 * <em>Meanwhile</em>: pods are created while they are placed, and the client competes with the
 * scheduler for the cores.
 */
final class LiveBench {
    private final Cluster cluster;
    private final Workload workload;
    private final Sizes sizes;
    private final int warmUp;
    private final Progress progress = new Progress();

    LiveBench(Cluster cluster, Workload workload, Sizes sizes, int warmUp) {
        this.cluster = cluster;
        this.workload = workload;
        this.sizes = sizes;
        this.warmUp = warmUp;
    }

    /** The figures of both ways, the first only where schedulers lead by a lease. */
    Report measure(boolean onlyMeanwhile) throws IOException, InterruptedException {
        try (var cleanup = new Cleanup()) {
            var run = new Run("bench-" + Long.toString(System.currentTimeMillis() / 1000, 36));
            var fixture = new Fixture(run, workload, sizes, cluster, progress);
            var burst = new Burst(cluster, progress);
            progress.say("%s: looking for leftovers", workload.label());
            fixture.remove();
            cleanup.add(fixture::remove);
            cleanup.add(burst::stop);
            fixture.make(burst);
            Optional<SchedulerLease> lease =
                    Optional.of(new SchedulerLease(fixture.api(), run.id()))
                            .filter(each -> !onlyMeanwhile && each.isInUse());
            lease.ifPresent(each -> cleanup.add(each::close));
            new WarmUp(cluster, workload, fixture, burst, progress).run(warmUp, lease);
            Optional<Placed> released = Optional.empty();
            if (lease.isPresent()) {
                released = Optional.of(released(fixture, burst, lease.get()));
                fixture.clear(burst, run.measuredNamespace());
            }
            return report(released, meanwhile(fixture, burst));
        }
    }

    private Placed released(Fixture fixture, Burst burst, SchedulerLease lease)
            throws IOException, InterruptedException {
        lease.take();
        String namespace = fixture.run().measuredNamespace();
        double creation =
                burst.send(
                        "creating pods",
                        sizes.pods(),
                        i -> fixture.creation(namespace, workload.measured(), i));
        progress.say("%d pods wait; the scheduler may start", sizes.pods());
        try (var bound =
                        new BoundPods(
                                cluster, namespace, fixture.version(namespace), sizes.pods());
                var churn = new BackgroundChurn(fixture, cluster, workload.meanwhile(), "a-")) {
            lease.release();
            long began = lease.awaitLeader();
            bound.await();
            return placed(bound, creation, began, _ -> began, churn);
        }
    }

    private Placed meanwhile(Fixture fixture, Burst burst)
            throws IOException, InterruptedException {
        String namespace = fixture.run().measuredNamespace();
        long[] sent = new long[sizes.pods()];
        try (var bound =
                        new BoundPods(
                                cluster, namespace, fixture.version(namespace), sizes.pods());
                var churn = new BackgroundChurn(fixture, cluster, workload.meanwhile(), "b-")) {
            long began = System.nanoTime();
            double creation =
                    burst.send(
                            "creating pods",
                            sizes.pods(),
                            i -> {
                                sent[i] = System.nanoTime();
                                return fixture.creation(namespace, workload.measured(), i);
                            });
            bound.await();
            return placed(bound, creation, began, i -> sent[i], churn);
        }
    }

    private Placed placed(
            BoundPods bound,
            double creationSeconds,
            long began,
            IntToLongFunction waitsSince,
            BackgroundChurn churn) {
        Samples waits = new Samples();
        for (int i = 0; i < sizes.pods(); i++) {
            if (bound.heardAt(i) != 0) {
                waits.add(bound.heardAt(i) - waitsSince.applyAsLong(i));
            }
        }
        double seconds = (bound.lastHeard() - began) / 1e9;
        progress.say(
                "%d pods placed in %.2f s; meanwhile: %s, %d times",
                waits.count(), seconds, workload.meanwhile(), churn.steps());
        return new Placed(
                sizes.pods() - waits.count(),
                sizes.pods() / creationSeconds,
                waits.count() / seconds,
                waits.percentile(50),
                waits.percentile(99));
    }

    private Report report(Optional<Placed> released, Placed meanwhile) {
        Placed counts = released.orElse(meanwhile);
        String measured =
                released.isPresent()
                        ? "from the release of the scheduler's lease to the last durable binding"
                        : "from the first creation to the last durable binding";
        Report report =
                new Report("schedule")
                        .fact("workload", workload.label())
                        .fact("measured", measured)
                        .add("nodes", "nodes", sizes.nodes(), "")
                        .add("existing", "pods that exist before", sizes.existing(), "")
                        .add("pods", "pods", sizes.pods(), "")
                        .add("podsPerSecond", "pods placed per second", counts.perSecond(), "/s")
                        .add("missing", "pods not placed", counts.missing(), "")
                        .add("waitP50Ms", "waiting to bound, p50", counts.p50Millis(), "ms")
                        .add("waitP99Ms", "waiting to bound, p99", counts.p99Millis(), "ms");
        addCreation(report, meanwhile);
        return report;
    }

    private static void addCreation(Report report, Placed meanwhile) {
        double created = meanwhile.creationsPerSecond();
        report.add("creationsPerSecond", "while created: created per second", created, "/s")
                .add(
                        "meanwhilePodsPerSecond",
                        "while created: placed per second",
                        meanwhile.perSecond(),
                        "/s")
                .add(
                        "createdToBoundP50Ms",
                        "while created: creation to bound, p50",
                        meanwhile.p50Millis(),
                        "ms")
                .add(
                        "createdToBoundP99Ms",
                        "while created: creation to bound, p99",
                        meanwhile.p99Millis(),
                        "ms");
    }
}
