package dev.gantry.agent.shell.api;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.agent.shell.worker.WakeQueue;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the workers told of their pods: a list at the start and now and then, and a fetch for each
 * wake-up in between.
 */
public final class PodSource implements AutoCloseable {
    private static final Duration RELIST = Duration.ofSeconds(60);

    private final ClusterObjects cluster;
    private final PodWorkers workers;
    private final String node;
    private final WakeQueue<Wanted> fetches;
    private final Loop relist;
    private final Semaphore soon = new Semaphore(0);

    /** A pod that something was said about. */
    private record Wanted(String namespace, String name, Uid uid) {
        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    public PodSource(ClusterObjects cluster, PodWorkers workers, String node, InstantSource clock) {
        this.cluster = cluster;
        this.workers = workers;
        this.node = node;
        this.fetches = new WakeQueue<>("fetch", clock, this::fetch);
        this.relist = new Loop("pod-list", this::relist);
    }

    public PodSource start() {
        fetches.start();
        relist.start();
        return this;
    }

    @Override
    public void close() {
        relist.close();
        fetches.close();
    }

    /** A wake-up without a body: what it is about is asked of the API. */
    public void onAssignment(Assignment assignment) {
        fetches.wake(new Wanted(assignment.namespace(), assignment.name(), assignment.uid()));
    }

    private void fetch(Wanted wanted) {
        var key = new ObjectKey(Resources.PODS, wanted.namespace(), wanted.name());
        Optional<Resource> found =
                cluster.get(key)
                        .filter(pod -> pod.uid().equals(wanted.uid()))
                        .filter(pod -> Resource.text(pod.spec(), "nodeName").equals(node));
        if (found.isPresent()) {
            workers.onPod(found.get());
        } else {
            workers.onRemoved(wanted.uid());
        }
    }

    /** Finds by listing what was missed while no assignments were read. */
    public void listSoon() {
        soon.release();
    }

    private void relist() throws InterruptedException {
        while (!relist.isClosed()) {
            for (PodSpec each : workers.onList(cluster.podsOfNode())) {
                fetches.wake(new Wanted(each.namespace(), each.name(), each.uid()));
            }
            soon.tryAcquire(RELIST.toMillis(), TimeUnit.MILLISECONDS);
            soon.drainPermits();
        }
    }
}
