package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench watch}: how long after its acknowledgement a write reaches the watchers. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Writes at a steady rate while watchers listen.")
final class WatchBench implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("\"name\":\\s*\"(bench-\\d+)\"");

    @Mixin private Target target = new Target();

    @Option(
            names = "--watchers",
            defaultValue = "100",
            description = "Connections that watch; default 100.")
    private int watchers;

    @Option(names = "--rate", defaultValue = "100", description = "Writes per second; default 100.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "Default 10.")
    private int seconds;

    private final ConcurrentHashMap<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> sent = new ConcurrentHashMap<>();
    private final Samples afterSend = new Samples();
    private final AtomicLong heard = new AtomicLong();
    private final List<long[]> arrivals = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public Integer call() throws Exception {
        ClusterApi api = target.api();
        var namespace = new BenchNamespace(api);
        List<RawConnection> open = new ArrayList<>();
        int writes = rate * seconds;
        try {
            String path = "/api/v1/namespaces/" + namespace.name() + "/configmaps";
            String version =
                    api.send("GET", path, null, okhttp3.MediaType.get("application/json"))
                            .metadata()
                            .path("resourceVersion")
                            .asString("");
            for (int i = 0; i < watchers; i++) {
                RawConnection connection = target.connect();
                open.add(connection);
                if (connection.open(path + "?watch=true&resourceVersion=" + version) != 200) {
                    throw new IOException("a watch was refused");
                }
                Thread.ofVirtual().start(() -> listen(connection));
            }
            write(path, writes);
            awaitAll((long) writes * watchers);
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
            namespace.remove();
        }
        return report(writes);
    }

    private int report(int writes) {
        Samples afterAck = new Samples();
        for (long[] arrival : arrivals) {
            Long ack = acknowledged.get("bench-" + arrival[0]);
            if (ack != null) {
                afterAck.add(Math.max(0, arrival[1] - ack));
            }
        }
        long missing = (long) writes * watchers - heard.get();
        new Report("watch")
                .fact("watchers", Integer.toString(watchers))
                .add(
                        "eventsPerSecond",
                        "events delivered per second",
                        heard.get() / (double) seconds,
                        "/s")
                .add("afterAckP50Ms", "acknowledged to heard, p50", afterAck.percentile(50), "ms")
                .add("afterAckP99Ms", "acknowledged to heard, p99", afterAck.percentile(99), "ms")
                .add("afterSendP50Ms", "sent to heard, p50", afterSend.percentile(50), "ms")
                .add("afterSendP99Ms", "sent to heard, p99", afterSend.percentile(99), "ms")
                .add("missing", "events missing", missing, "")
                .print(target.json);
        return missing == 0 ? 0 : 1;
    }

    private void write(String path, int writes) throws Exception {
        try (RawConnection writer = target.connect()) {
            long began = System.nanoTime();
            var never = new CountDownLatch(1);
            for (int i = 1; i <= writes; i++) {
                long due = began + Duration.ofSeconds(1).toNanos() * i / rate;
                never.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
                sent.put("bench-" + i, System.nanoTime());
                if (writer.exchange("POST", path, ApiBench.configMap(i)) != 201) {
                    throw new IOException("a write was refused");
                }
                acknowledged.put("bench-" + i, System.nanoTime());
            }
        }
    }

    private void awaitAll(long expected) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 100 && heard.get() < expected; i++) {
            never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    private void listen(RawConnection connection) {
        try {
            for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
                long now = System.nanoTime();
                Matcher name = NAME.matcher(line);
                if (name.find()) {
                    hear(name.group(1), now);
                }
            }
        } catch (EOFException | SocketException ended) {
            return;
        } catch (IOException failed) {
            System.err.println("a watch failed: " + failed);
        }
    }

    private void hear(String name, long now) {
        heard.incrementAndGet();
        Long began = sent.get(name);
        if (began != null) {
            afterSend.add(now - began);
        }
        arrivals.add(new long[] {Long.parseLong(name.substring("bench-".length())), now});
    }
}
