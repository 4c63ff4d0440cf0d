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

    private void send() {
        try (RawConnection connection = cluster.connect()) {
            while (true) {
                Burst.sendOne(connection, requests.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            System.err.println("gantry bench: the simulated kubelet: " + failed.getMessage());
        }
    }
}
