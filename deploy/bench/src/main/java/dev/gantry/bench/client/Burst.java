package dev.gantry.bench.client;

import dev.gantry.bench.report.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Many like requests over a few connections, as fast as the server takes them. */
public final class Burst {
    private static final int CONNECTIONS = 64;
    private static final int RETRIES = 100;
    private static final long PROGRESS_SECONDS = 3;

    private final Cluster cluster;
    private final Progress progress;
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopped;

    public Burst(Cluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    /** One request. */
    public record Request(String method, String path, String body) {}

    /** Ends what is being sent early; nothing can be sent afterwards. */
    public void stop() {
        isStopped = true;
    }

    /** Sends {@code count} requests, returns how many seconds that took. */
    public double send(String what, int count, IntFunction<Request> requests)
            throws IOException, InterruptedException {
        var next = new AtomicInteger();
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(CONNECTIONS, count); i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> sendSome(next, count, requests)));
        }
        for (Thread each : threads) {
            while (!each.join(Duration.ofSeconds(PROGRESS_SECONDS))) {
                progress.say("%s: %d of %d", what, Math.min(next.get(), count), count);
            }
        }
        Throwable failed = failures.peek();
        if (failed != null) {
            throw new IOException(what + ": " + failed.getMessage(), failed);
        }
        if (isStopped) {
            throw new InterruptedException("stopped while " + what);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void sendSome(AtomicInteger next, int count, IntFunction<Request> requests) {
        try (RawConnection connection = cluster.connect()) {
            for (int number = next.getAndIncrement();
                    number < count && !isStopped && failures.isEmpty();
                    number = next.getAndIncrement()) {
                sendOne(connection, requests.apply(number));
            }
        } catch (IOException | RuntimeException failed) {
            failures.add(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server that has too much to do says so, and is asked again. */
    public static void sendOne(RawConnection connection, Request request)
            throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        int code = 0;
        for (int i = 0; i < RETRIES; i++) {
            code =
                    connection.exchange(
                            request.method(),
                            request.path(),
                            request.body().getBytes(StandardCharsets.UTF_8));
            if (code != 429 && code != 503) {
                break;
            }
            never.await(100, TimeUnit.MILLISECONDS);
        }
        boolean isDone = code / 100 == 2 || request.method().equals("DELETE") && code == 404;
        if (!isDone) {
            throw new IOException(
                    "%s %s was answered with %d".formatted(request.method(), request.path(), code));
        }
    }
}
