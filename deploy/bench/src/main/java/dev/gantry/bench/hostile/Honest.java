package dev.gantry.bench.hostile;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.ConfigMaps;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Honest clients at a steady pace: one reads, one creates, one comes anew each time. A request's
 * time begins when it is due, so that what waits behind a slow one counts as slow.
 */
final class Honest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where the server stands still, the rest is given up: as failed, after this long. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final String path;
    private final AtomicInteger numbers = new AtomicInteger();

    /** What each of them does: so often a second, over one connection or a new one each time. */
    private enum Habit {
        GET(50, true),
        CREATE(50, true),
        COME_ANEW(5, false);

        private final int perSecond;
        private final boolean keepsConnection;

        Habit(int perSecond, boolean keepsConnection) {
            this.perSecond = perSecond;
            this.keepsConnection = keepsConnection;
        }
    }

    Honest(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.path = "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    /** Lets all of them work for so many seconds. */
    Notices work(int seconds) throws InterruptedException {
        var noticed = new Notices(new Samples(), new Samples(), new Samples(), new AtomicInteger());
        List<Thread> clients = new ArrayList<>();
        for (Habit each : Habit.values()) {
            clients.add(Thread.ofPlatform().start(() -> work(each, seconds, noticed)));
        }
        for (Thread each : clients) {
            each.join();
        }
        return noticed;
    }

    private void work(Habit habit, int seconds, Notices noticed) {
        Samples samples =
                switch (habit) {
                    case GET -> noticed.gets();
                    case CREATE -> noticed.creates();
                    case COME_ANEW -> noticed.newcomers();
                };
        try (var line = new Line(habit.keepsConnection)) {
            var never = new CountDownLatch(1);
            long began = System.nanoTime();
            int count = habit.perSecond * seconds;
            for (int i = 0; i < count; i++) {
                long due = began + i * 1_000_000_000L / habit.perSecond;
                if (System.nanoTime() - due > LIMIT.toNanos()) {
                    noticed.failures().addAndGet(count - i);
                    return;
                }
                never.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (!line.ask(habit == Habit.CREATE)) {
                    noticed.failures().incrementAndGet();
                }
                samples.add(System.nanoTime() - due);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that is made again when it breaks. */
    private final class Line implements AutoCloseable {
        private final boolean isKept;
        private @Nullable RawConnection open;

        Line(boolean isKept) {
            this.isKept = isKept;
        }

        /** Whether the answer was the one that was wanted. */
        boolean ask(boolean creates) {
            try {
                RawConnection connection = open == null ? cluster.connect() : open;
                open = connection.patience(PATIENCE);
                int code =
                        creates
                                ? connection.exchange(
                                        "POST", path, ConfigMaps.json(numbers.incrementAndGet()))
                                : connection.exchange(
                                        "GET", path + "/kube-root-ca.crt", new byte[0]);
                if (!isKept) {
                    close();
                }
                return code == (creates ? 201 : 200);
            } catch (IOException | RuntimeException broken) {
                close();
                return false;
            }
        }

        @Override
        public void close() {
            try (var _ = open) {
                open = null;
            } catch (IOException ended) {
                open = null;
            }
        }
    }
}
