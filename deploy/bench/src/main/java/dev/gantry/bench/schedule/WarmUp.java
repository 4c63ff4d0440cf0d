package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Target;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Workload;
import java.io.IOException;

/**
 * Pods that are placed and removed again, so that neither a cold JVM nor news that is still on its
 * way is measured.
 *
 * <p>Cost: a JVM compiles what it does once per pod for good only after some 15,000 pods. They come
 * in rounds, since not every workload has room for all of them beside its own.
 */
final class WarmUp {
    private static final int PODS_PER_ROUND = 2_000;

    private final Target target;
    private final Workload workload;
    private final Fixture fixture;
    private final Volley volley;

    WarmUp(Target target, Workload workload, Fixture fixture, Volley volley) {
        this.target = target;
        this.workload = workload;
        this.fixture = fixture;
        this.volley = volley;
    }

    /** Places and removes so many pods. */
    void run(int pods) throws IOException, InterruptedException {
        for (int left = pods; left > 0; left -= PODS_PER_ROUND) {
            round(Math.min(left, PODS_PER_ROUND));
        }
    }

    private void round(int pods) throws IOException, InterruptedException {
        String namespace = fixture.warmUpNamespace();
        PodForm form = workload == Workload.PREEMPTION_ONLY ? PodForm.PLAIN : workload.measured();
        try (var bound = new BoundPods(target, namespace, fixture.version(namespace), pods)) {
            volley.fire("warming up", pods, i -> fixture.creation(namespace, form, i));
            if (bound.await() < pods) {
                throw new IOException("the scheduler places none of the pods that warm it up");
            }
        }
        fixture.clear(volley, namespace);
    }
}
