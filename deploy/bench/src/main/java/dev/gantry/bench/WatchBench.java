package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.SideBySide;
import dev.gantry.bench.rounds.Benchmark;
import dev.gantry.bench.rounds.Rounds;
import dev.gantry.bench.watch.Audience;
import dev.gantry.bench.watch.Deliveries;
import dev.gantry.bench.watch.Pace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench watch}: how long after its acknowledgement a write reaches the watchers. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Writes at a steady rate while watchers listen.")
final class WatchBench implements Callable<Integer> {
    @Mixin private Target target = new Target();
    @Mixin private Rounds rounds = new Rounds();

    @Option(
            names = "--watchers",
            defaultValue = "100",
            description = "Connections that watch; default 100.")
    private int watchers;

    @Option(names = "--rate", defaultValue = "100", description = "Writes per second; default 100.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "5", description = "Per round; default 5.")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        SideBySide figures = rounds.measure(target.clusters(), Session::new);
        figures.print(target.json);
        return figures.isEverywhere("missing", 0) ? 0 : 1;
    }

    private final class Session implements Benchmark.Session {
        private final Cluster cluster;
        private final BenchNamespace namespace;
        private int written;

        Session(Cluster cluster) {
            this.cluster = cluster;
            this.namespace = new BenchNamespace(cluster.api());
        }

        @Override
        public Report round() throws Exception {
            String path = "/api/v1/namespaces/" + namespace.name() + "/configmaps";
            int writes = rate * seconds;
            var heard = new Deliveries((long) writes * watchers);
            try (var _ = new Audience(cluster, path, watchers, heard)) {
                new Pace(cluster, path, rate).write(written, writes, heard);
                heard.await();
            }
            written += writes;
            return report(heard);
        }

        @Override
        public void close() {
            namespace.remove();
        }

        private Report report(Deliveries heard) {
            var afterAck = heard.afterAcknowledgement();
            var afterSend = heard.afterSending();
            return new Report("watch")
                    .fact("watchers", Integer.toString(watchers))
                    .add(
                            "eventsPerSecond",
                            "events delivered per second",
                            heard.count() / (double) seconds,
                            "/s")
                    .add(
                            "afterAckP50Ms",
                            "acknowledged to heard, p50",
                            afterAck.percentile(50),
                            "ms")
                    .add(
                            "afterAckP99Ms",
                            "acknowledged to heard, p99",
                            afterAck.percentile(99),
                            "ms")
                    .add("afterSendP50Ms", "sent to heard, p50", afterSend.percentile(50), "ms")
                    .add("afterSendP99Ms", "sent to heard, p99", afterSend.percentile(99), "ms")
                    .add("missing", "events missing", heard.missing(), "");
        }
    }
}
