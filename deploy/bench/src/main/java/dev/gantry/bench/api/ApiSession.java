package dev.gantry.bench.api;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.bench.rounds.Benchmark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** The requests of a plan in one cluster, one kind after the other. */
public final class ApiSession implements Benchmark.Session {
    /**
     * What is measured.
     *
     * @param objects how many there are before the first round
     * @param time for each kind of request in each round
     */
    public record Plan(
            Subject subject, List<Request> requests, int objects, int connections, Duration time) {}

    /** What there is at least where the requests make none before they ask for some. */
    private static final int ENOUGH = 1000;

    private final Cluster cluster;
    private final Plan plan;
    private final BenchNamespace namespace;
    private final Objects objects;
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Makes the objects, and warms up with one round. */
    public ApiSession(Cluster cluster, Plan plan) throws Exception {
        this.cluster = cluster;
        this.plan = plan;
        this.namespace = new BenchNamespace(cluster.api());
        this.objects = new Objects(plan.subject, namespace.name());
        try {
            prepare();
            round();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            namespace.remove();
            throw failed;
        }
    }

    private void prepare() throws IOException, InterruptedException {
        try (RawConnection connection = cluster.connect()) {
            plan.subject.prepare(connection, namespace.name());
        }
        boolean isMakingThem = plan.requests.getFirst() == Request.CREATE;
        int first = isMakingThem ? plan.objects : Math.max(plan.objects, ENOUGH);
        burst(Request.CREATE, _ -> objects.count() < first);
    }

    @Override
    public Report round() throws IOException, InterruptedException {
        Report report =
                new Report("api")
                        .fact("kind", plan.subject.name().toLowerCase(Locale.ROOT))
                        .fact("connections", Integer.toString(plan.connections));
        for (Request request : plan.requests) {
            add(report, request, burst(request, plan.time));
        }
        return report;
    }

    @Override
    public void close() {
        namespace.remove();
    }

    private static void add(Report report, Request request, Burst burst) {
        String key = request.key();
        double seconds = burst.took.toNanos() / 1e9;
        report.add(key + "PerSecond", key + " per second", burst.samples.count() / seconds, "/s");
        report.add(key + "P50Ms", key + " p50", burst.samples.percentile(50), "ms");
        report.add(key + "P99Ms", key + " p99", burst.samples.percentile(99), "ms");
        if (request.isLarge()) {
            report.add(key + "MbPerSecond", key + " bytes", burst.bytes / seconds / 1e6, "MB/s");
        }
    }

    private record Burst(Samples samples, Duration took, long bytes) {}

    private Burst burst(Request request, Duration time) throws InterruptedException, IOException {
        return burst(request, elapsed -> elapsed < time.toNanos());
    }

    /** Sends on all connections for as long as {@code goesOn}, which is told the nanoseconds. */
    private Burst burst(Request request, LongPredicate goesOn)
            throws InterruptedException, IOException {
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < plan.connections; i++) {
            open.add(cluster.connect());
        }
        Samples samples = new Samples();
        AtomicLong bytes = new AtomicLong();
        long began = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (RawConnection each : open) {
            BooleanSupplier goesOnNow = () -> goesOn.test(System.nanoTime() - began);
            Runnable work = () -> bytes.addAndGet(work(each, request, samples, goesOnNow));
            workers.add(Thread.ofPlatform().start(work));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException(
                    "%s failed at %s: %s".formatted(request.key(), cluster.name(), failures.peek()),
                    failures.peek());
        }
        return new Burst(samples, Duration.ofNanos(System.nanoTime() - began), bytes.get());
    }

    /** Returns how many bytes came. */
    private long work(
            RawConnection connection, Request request, Samples samples, BooleanSupplier goesOn) {
        try (connection) {
            while (goesOn.getAsBoolean() && failures.isEmpty()) {
                long began = System.nanoTime();
                int code = objects.send(request, connection);
                if (code == Objects.NONE_LEFT) {
                    break;
                }
                if (code != Objects.expected(request)) {
                    throw new IOException(
                            "answered %d, expected %d".formatted(code, Objects.expected(request)));
                }
                samples.add(System.nanoTime() - began);
            }
        } catch (IOException | RuntimeException failed) {
            failures.add(failed);
        }
        return connection.received();
    }
}
