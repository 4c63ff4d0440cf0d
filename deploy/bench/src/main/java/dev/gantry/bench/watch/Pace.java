package dev.gantry.bench.watch;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.ConfigMaps;
import dev.gantry.bench.client.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes so many ConfigMaps a second over one connection, or as many as the server takes. */
public final class Pace {
    private final Cluster cluster;
    private final String path;
    private final int rate;

    public Pace(Cluster cluster, String path, int rate) {
        this.cluster = cluster;
        this.path = path;
        this.rate = rate;
    }

    /** Creates those after {@code first}. */
    public void write(int first, int count, Deliveries deliveries)
            throws IOException, InterruptedException {
        try (RawConnection writer = cluster.connect()) {
            long began = System.nanoTime();
            var never = new CountDownLatch(1);
            for (int i = 1; i <= count; i++) {
                long due = began + Duration.ofSeconds(1).toNanos() * i / rate;
                never.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
                deliveries.send(first + i);
                int code = writer.exchange("POST", path, ConfigMaps.json(first + i));
                if (code != 201) {
                    throw new IOException("a write was answered with " + code);
                }
                deliveries.acknowledge(first + i);
            }
        }
    }
}
