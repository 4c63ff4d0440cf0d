package dev.gantry.bench.hostile;

import dev.gantry.bench.hostile.client.Ground;
import dev.gantry.bench.hostile.client.Hostile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hostile clients of one kind at work, until closed. Their attempts come at the kind's pace. */
final class Assault implements AutoCloseable {
    private static final int CLIENTS = 32;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Hostile kind;
    private final Ground ground;
    private final long began = System.nanoTime();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> clients = new ArrayList<>();

    Assault(Hostile kind, Ground ground) {
        this.kind = kind;
        this.ground = ground;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().daemon().start(this::work));
        }
    }

    /** Those that hang on an answer are left behind after a while. */
    @Override
    public void close() throws IOException {
        over.countDown();
        long limit = System.nanoTime() + LIMIT.toNanos();
        try {
            for (Thread each : clients) {
                each.join(Duration.ofNanos(Math.max(1, limit - System.nanoTime())));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        ground.close();
    }

    private void work() {
        try {
            while (!over.await(untilNext(), TimeUnit.NANOSECONDS)) {
                attempt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a number, and says how long it has to wait for its turn. */
    private long untilNext() {
        long due = began + attempts.getAndIncrement() * 1_000_000_000L / kind.pace();
        return Math.max(0, due - System.nanoTime());
    }

    private void attempt() {
        try {
            kind.attempt(ground);
        } catch (IOException refused) {
            ground.note("refused: " + refused.getClass().getSimpleName());
        }
    }
}
