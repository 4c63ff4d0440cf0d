package dev.gantry.bench.rollout;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.WatchStream;
import dev.gantry.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Watches a namespace's Deployments and pods, and takes the time until goals are reached. */
final class StopWatch implements AutoCloseable {
    private static final long LIMIT_SECONDS = 180;

    private final List<WatchStream> watches = new ArrayList<>();
    private final Sight sight = new Sight();
    private final List<Goal> pending = new ArrayList<>();
    private final Report report;
    private long began;

    StopWatch(Cluster cluster, String namespace, Report report) throws IOException {
        this.report = report;
        watch(cluster, "/api/v1/namespaces/" + namespace + "/pods");
        watch(cluster, "/apis/apps/v1/namespaces/" + namespace + "/deployments");
    }

    /** Sends, waits until all goals are reached, and adds how long each took. */
    void take(List<Goal> goals, Runnable request) throws IOException, InterruptedException {
        synchronized (this) {
            pending.addAll(goals);
            began = System.nanoTime();
        }
        request.run();
        synchronized (this) {
            long limit = began + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!pending.isEmpty()) {
                long rest = limit - System.nanoTime();
                if (rest <= 0) {
                    throw new IOException(
                            "in vain waited for '%s': %s"
                                    .formatted(pending.getFirst().what(), sight));
                }
                TimeUnit.NANOSECONDS.timedWait(this, rest);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (WatchStream each : watches) {
            each.close();
        }
    }

    private void watch(Cluster cluster, String path) throws IOException {
        String version = cluster.version(path);
        watches.add(
                new WatchStream(
                        cluster,
                        path + "?watch=true",
                        version,
                        event -> hear(event, System.nanoTime())));
    }

    private synchronized void hear(JsonNode event, long now) {
        sight.hear(event);
        List<Goal> reached = pending.stream().filter(each -> each.isReached().test(sight)).toList();
        for (Goal each : reached) {
            report.add(each.key(), each.what(), (now - began) / 1e6, "ms");
        }
        pending.removeAll(reached);
        if (pending.isEmpty()) {
            notifyAll();
        }
    }
}
