package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.ConfigMaps;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.bench.rounds.Benchmark;
import dev.gantry.bench.rounds.Rounds;
import java.io.IOException;
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
    @Mixin private Rounds rounds = new Rounds();

    @Option(names = "--connections", defaultValue = "16", description = "Default 16.")
    private int connections;

    @Option(names = "--seconds", defaultValue = "5", description = "Per round; default 5.")
    private int seconds;

    /** One request of a round, sent over the caller's own connection. */
    @FunctionalInterface
    private interface Step {
        int run(RawConnection connection) throws IOException;
    }

    @Override
    public Integer call() throws Exception {
        rounds.measure(target.clusters(), Session::new).print(target.json);
        return 0;
    }

    private final class Session implements Benchmark.Session {
        private final Cluster cluster;
        private final BenchNamespace namespace;
        private final String path;
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger read = new AtomicInteger();
        private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

        Session(Cluster cluster) throws Exception {
            this.cluster = cluster;
            this.namespace = new BenchNamespace(cluster.api());
            this.path = "/api/v1/namespaces/" + namespace.name() + "/configmaps";
            round();
        }

        @Override
        public Report round() throws Exception {
            Report report = new Report("api").fact("connections", Integer.toString(connections));
            measure(
                    "create",
                    report,
                    201,
                    c -> c.exchange("POST", path, ConfigMaps.json(made.incrementAndGet())));
            measure(
                    "get",
                    report,
                    200,
                    c ->
                            c.exchange(
                                    "GET",
                                    path + "/bench-" + (1 + read.incrementAndGet() % made.get()),
                                    new byte[0]));
            measure(
                    "list500",
                    report,
                    200,
                    c -> c.exchange("GET", path + "?limit=500", new byte[0]));
            return report;
        }

        @Override
        public void close() {
            namespace.remove();
        }

        private void measure(String name, Report report, int expected, Step step)
                throws InterruptedException, IOException {
            Samples samples = new Samples();
            double took = burst(expected, step, samples);
            if (!failures.isEmpty()) {
                throw new IOException(
                        "%s failed at %s: %s".formatted(name, cluster.name(), failures.peek()),
                        failures.peek());
            }
            report.add(name + "PerSecond", name + " per second", samples.count() / took, "/s");
            report.add(name + "P50Ms", name + " p50", samples.percentile(50), "ms");
            report.add(name + "P99Ms", name + " p99", samples.percentile(99), "ms");
        }

        /** Returns the seconds that it took. */
        private double burst(int expected, Step step, Samples samples)
                throws InterruptedException, IOException {
            List<RawConnection> open = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                open.add(cluster.connect());
            }
            long began = System.nanoTime();
            long end = began + Duration.ofSeconds(seconds).toNanos();
            List<Thread> workers = new ArrayList<>();
            for (RawConnection each : open) {
                workers.add(
                        Thread.ofPlatform().start(() -> work(each, expected, step, samples, end)));
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
    }
}
