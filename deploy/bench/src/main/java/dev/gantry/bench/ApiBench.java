package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench api}: ConfigMap creates and reads per second over kept TLS connections. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Creates, reads and lists ConfigMaps in a namespace of its own.")
final class ApiBench implements Callable<Integer> {
    @Mixin private Target target = new Target();

    @Option(names = "--connections", defaultValue = "16", description = "Default 16.")
    private int connections;

    @Option(names = "--seconds", defaultValue = "5", description = "Per round; default 5.")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "The median counts; default 3.")
    private int rounds;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** One request of a round, sent over the caller's own connection. */
    @FunctionalInterface
    private interface Step {
        int run(RawConnection connection) throws IOException;
    }

    @Override
    public Integer call() throws Exception {
        ClusterApi api = target.api();
        var namespace = new BenchNamespace(api);
        Report report = new Report("api").fact("connections", Integer.toString(connections));
        try {
            String path = "/api/v1/namespaces/" + namespace.name() + "/configmaps";
            measure(
                    "create",
                    report,
                    201,
                    c -> c.exchange("POST", path, configMap(numbers.incrementAndGet())));
            int made = numbers.get();
            measure(
                    "get",
                    report,
                    200,
                    c ->
                            c.exchange(
                                    "GET",
                                    path + "/bench-" + (1 + numbers.incrementAndGet() % made),
                                    new byte[0]));
            measure(
                    "list500",
                    report,
                    200,
                    c -> c.exchange("GET", path + "?limit=500", new byte[0]));
        } finally {
            namespace.remove();
        }
        report.print(target.json);
        return failures.isEmpty() ? 0 : 1;
    }

    private void measure(String name, Report report, int expected, Step step)
            throws InterruptedException, IOException {
        List<Double> rates = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        round(expected, step, new Samples());
        for (int i = 0; i < rounds; i++) {
            Samples samples = new Samples();
            double took = round(expected, step, samples);
            rates.add(samples.count() / took);
            medians.add(samples.percentile(50));
            tails.add(samples.percentile(99));
        }
        if (!failures.isEmpty()) {
            throw new IOException(name + " failed: " + failures.peek(), failures.peek());
        }
        report.add(name + "PerSecond", name + " per second", Samples.median(rates), "/s");
        report.add(name + "P50Ms", name + " p50", Samples.median(medians), "ms");
        report.add(name + "P99Ms", name + " p99", Samples.median(tails), "ms");
    }

    /** Returns the seconds that it took. */
    private double round(int expected, Step step, Samples samples)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long began = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            RawConnection connection = target.connect();
            workers.add(
                    Thread.ofPlatform()
                            .start(() -> work(connection, expected, step, samples, end)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void work(
            RawConnection connection, int expected, Step step, Samples samples, long end) {
        try (connection) {
            while (System.nanoTime() < end && failures.isEmpty()) {
                long began = System.nanoTime();
                int code = step.run(connection);
                if (code != expected) {
                    throw new IOException("answered " + code + ", expected " + expected);
                }
                samples.add(System.nanoTime() - began);
            }
        } catch (IOException | RuntimeException failed) {
            failures.add(failed);
        }
    }

    static byte[] configMap(int number) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"bench-%d","labels":{"app":"bench"}},\
        "data":{"key":"%s"}}"""
                .formatted(number, "0123456789".repeat(25))
                .getBytes(StandardCharsets.UTF_8);
    }
}
