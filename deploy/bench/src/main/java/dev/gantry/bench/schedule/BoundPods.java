package dev.gantry.bench.schedule;

import dev.gantry.bench.client.ChunkedLines;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears from a watch which of the measured pods have a node. A watch shows only what is committed,
 * so each of these bindings is durable.
 */
final class BoundPods implements AutoCloseable {
    /** Measured pods are called this and their number. */
    static final String NAME = "m-";

    private static final byte[] NODE = "\"nodeName\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POD = ("\"name\":\"" + NAME).getBytes(StandardCharsets.US_ASCII);
    private static final long GIVE_UP_SECONDS = 60;

    private final RawConnection watch;
    private final long[] heardAt;
    private final AtomicInteger heard = new AtomicInteger();
    private final CountDownLatch allHeard = new CountDownLatch(1);
    private volatile long lastHeard;

    BoundPods(Cluster cluster, String namespace, String version, int count) throws IOException {
        heardAt = new long[count];
        watch = cluster.connect();
        String path = "/api/v1/namespaces/" + namespace + "/pods?watch=true&resourceVersion=";
        int code = watch.open(path + version);
        if (code != 200) {
            throw new IOException("the watch was answered with " + code);
        }
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** Waits until all have a node, or none got one for a minute. Returns how many have. */
    int await() throws InterruptedException {
        int before = -1;
        while (heard.get() > before) {
            before = heard.get();
            if (allHeard.await(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
                break;
            }
        }
        return heard.get();
    }

    /** When the last of those that have a node was heard of. */
    long lastHeard() {
        return lastHeard;
    }

    /** When the pod was heard of; zero where it was not. */
    long heardAt(int pod) {
        return heardAt[pod];
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }

    private void listen() {
        ChunkedLines lines = watch.lines();
        try {
            while (heard.get() < heardAt.length && lines.next()) {
                if (lines.find(NODE, 0) >= 0) {
                    hear(lines);
                }
            }
        } catch (IOException ended) {
            allHeard.countDown();
            return;
        }
        allHeard.countDown();
    }

    private void hear(ChunkedLines lines) {
        int name = lines.find(POD, 0);
        if (name < 0) {
            return;
        }
        int pod = lines.number(name + POD.length);
        if (heardAt[pod] == 0) {
            heardAt[pod] = System.nanoTime();
            lastHeard = heardAt[pod];
            heard.incrementAndGet();
        }
    }
}
