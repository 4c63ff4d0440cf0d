package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Workload;
import java.io.IOException;
import java.util.Optional;

/**
 * Pods that are placed and removed again, so that neither a cold JVM nor news that is still on its
 * way is measured.
 *
 * <p>Cost: a JVM compiles what it does once per pod for good only after some 30,000 pods, and for
 * just the way in which they come: a long queue makes other batches than a short one. So they come
 * in rounds that are like what is measured, until these get no faster. A cluster that is warm
 * already needs few.
 */
final class WarmUp {
    private static final int MOST_PER_ROUND = 10_000;
    private static final int WITHOUT_LEASE_PER_ROUND = 2_000;

    private final Cluster cluster;
    private final Workload workload;
    private final Fixture fixture;
    private final Burst burst;
    private final Progress progress;

    WarmUp(Cluster cluster, Workload workload, Fixture fixture, Burst burst, Progress progress) {
        this.cluster = cluster;
        this.workload = workload;
        this.fixture = fixture;
        this.burst = burst;
        this.progress = progress;
    }

    /**
     * Places and removes at most so many pods.
     *
     * @param lease what the scheduler leads by, to hold it back until all pods of a round wait
     */
    void run(int pods, Optional<SchedulerLease> lease) throws IOException, InterruptedException {
        int most =
                lease.isPresent()
                        ? Math.min(MOST_PER_ROUND, fixture.sizes().pods())
                        : WITHOUT_LEASE_PER_ROUND;
        var settling = new Settling();
        for (int done = 0; done < pods && !settling.isOver(); done += most) {
            int some = Math.min(pods - done, most);
            double perSecond = some / seconds(some, lease);
            settling.add(perSecond);
            progress.say("warming up: %d pods placed, %.0f/s", done + some, perSecond);
        }
    }

    private double seconds(int pods, Optional<SchedulerLease> lease)
            throws IOException, InterruptedException {
        if (lease.isPresent()) {
            lease.get().take();
        }
        String namespace = fixture.warmUpNamespace();
        PodForm form = workload == Workload.PREEMPTION_ONLY ? PodForm.PLAIN : workload.measured();
        try (var bound = new BoundPods(cluster, namespace, fixture.version(namespace), pods)) {
            long created = System.nanoTime();
            burst.send("creating pods", pods, i -> fixture.creation(namespace, form, i));
            long began = lease.map(SchedulerLease::release).orElse(created);
            if (bound.await() < pods) {
                throw new IOException("the scheduler places none of the pods that warm it up");
            }
            fixture.clear(burst, namespace);
            return (bound.lastHeard() - began) / 1e9;
        }
    }
}
