package dev.gantry.bench.schedule;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;

/**
 * {@code bench schedule}: pods per second from creation to a durable binding, on simulated nodes.
 */
final class LiveBench implements Callable<Integer> {
    private static final Pattern POD =
            Pattern.compile(
                    "\"name\":\"(bench-pod-\\d+)\".*?\"nodeName\":\"" + SimulatedNodes.PREFIX);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int CREATORS = 16;

    private final Target target;
    private final int nodes;
    private final int pods;
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private final CountDownLatch allBound = new CountDownLatch(1);
    private volatile long lastBound;

    LiveBench(Target target, dev.gantry.bench.workload.Sizes sizes) {
        this.target = target;
        this.nodes = sizes.nodes();
        this.pods = sizes.pods();
    }

    @Override
    public Integer call() throws Exception {
        ClusterApi api = target.api();
        var simulated = new SimulatedNodes(api, nodes);
        var namespace = new BenchNamespace(api);
        try {
            say("making " + nodes + " simulated nodes");
            simulated.make();
            String path = "/api/v1/namespaces/" + namespace.name() + "/pods";
            namespace.awaitServiceAccount();
            double seconds = place(api, path);
            new Report("schedule")
                    .fact("workload", "basic")
                    .add("nodes", "nodes", nodes, "")
                    .add("pods", "pods", pods, "")
                    .add(
                            "podsPerSecond",
                            "pods per second, created to bound",
                            bound.size() / seconds,
                            "/s")
                    .add("missing", "pods not bound", pods - bound.size(), "")
                    .print(target.json);
            return bound.size() == pods ? 0 : 1;
        } finally {
            say("cleaning up");
            remove(api, namespace, simulated);
        }
    }

    private double place(ClusterApi api, String path) throws Exception {
        String version =
                api.send("GET", path, null, MediaType.get("application/json"))
                        .metadata()
                        .path("resourceVersion")
                        .asString("");
        try (RawConnection watch = target.connect()) {
            if (watch.open(path + "?watch=true&resourceVersion=" + version) != 200) {
                throw new IOException("the watch was refused");
            }
            Thread.ofPlatform().daemon().start(() -> listen(watch));
            say("creating " + pods + " pods");
            long began = System.nanoTime();
            create(path);
            allBound.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return (lastBound - began) / 1e9;
        }
    }

    private void create(String path) throws InterruptedException {
        var next = new AtomicInteger();
        List<Thread> creators = new ArrayList<>();
        for (int i = 0; i < CREATORS; i++) {
            creators.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (RawConnection connection = target.connect()) {
                                            createSome(connection, path, next);
                                        } catch (IOException failed) {
                                            System.err.println("creating pods failed: " + failed);
                                        }
                                    }));
        }
        for (Thread creator : creators) {
            creator.join();
        }
    }

    private void createSome(RawConnection connection, String path, AtomicInteger next)
            throws IOException {
        for (int number = next.getAndIncrement(); number < pods; number = next.getAndIncrement()) {
            int code = connection.exchange("POST", path, pod(number));
            if (code != 201) {
                throw new IOException("answered " + code);
            }
        }
    }

    private void listen(RawConnection watch) {
        try {
            for (String line = watch.nextLine(); line != null; line = watch.nextLine()) {
                Matcher pod = POD.matcher(line);
                if (pod.find() && bound.add(pod.group(1))) {
                    lastBound = System.nanoTime();
                }
                if (bound.size() == pods) {
                    allBound.countDown();
                }
            }
        } catch (IOException ended) {
            allBound.countDown();
        }
    }

    private static void remove(ClusterApi api, BenchNamespace namespace, SimulatedNodes simulated)
            throws InterruptedException, java.util.concurrent.ExecutionException {
        String path = "/api/v1/namespaces/" + namespace.name() + "/pods?gracePeriodSeconds=0";
        api.send("DELETE", path, null, MediaType.get("application/json"));
        namespace.remove();
        simulated.remove();
    }

    private void say(String what) {
        if (!target.json) {
            System.out.println("  " + what);
        }
    }

    private static byte[] pod(int number) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"bench-pod-%d","labels":{"app":"bench"}},\
        "spec":{"tolerations":[{"operator":"Exists"}],"nodeSelector":{},\
        "containers":[{"name":"pause","image":"bench/pause:1","resources":{"requests":{"cpu":"100m","memory":"500Mi"}}}],\
        "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[\
        {"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"Exists"}]}]}}}}}"""
                .formatted(number)
                .getBytes(StandardCharsets.UTF_8);
    }
}
