package dev.gantry.bench.scenario;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Burst.Request;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.WatchStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;

/** Speaks for all nodes that are simulated: of the pods of one namespace, over the API. */
final class SimulatedKubelet implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int MOST_TRIES = 3;

    private final KubeletAnswers answers = new KubeletAnswers();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final List<Thread> senders = new ArrayList<>();
    private final Cluster cluster;
    private final WatchStream watch;

    SimulatedKubelet(Cluster cluster, String namespace) throws IOException {
        this.cluster = cluster;
        this.watch =
                new WatchStream(
                        cluster,
                        "/api/v1/namespaces/" + namespace + "/pods?watch=true",
                        "",
                        this::hear);
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(Thread.ofPlatform().daemon().start(this::send));
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
        senders.forEach(Thread::interrupt);
    }

    private void hear(JsonNode event) {
        answers.to(event).ifPresent(requests::add);
    }

    /**
     * A server may close a connection on which nothing was asked for a while: what was to be sent
     * is sent on another.
     */
    private void send() {
        try {
            while (true) {
                send(requests.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** And all that come, as long as the connection lasts. */
    private void send(Request first) throws InterruptedException {
        Request next = first;
        int failures = 0;
        while (failures < MOST_TRIES) {
            try (RawConnection connection = cluster.connect()) {
                while (true) {
                    Burst.sendOne(connection, next);
                    failures = 0;
                    next = requests.take();
                }
            } catch (IOException failed) {
                failures++;
                if (failures == MOST_TRIES) {
                    System.err.println(
                            "gantry bench: the simulated kubelet: " + failed.getMessage());
                }
            }
        }
    }
}
