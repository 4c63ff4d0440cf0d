package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.client.Workers;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.bench.rounds.Benchmark;
import dev.gantry.bench.rounds.Rounds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action.Propagation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code bench start}: from a pod's creation to its container running, one pod after the other. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Creates pods one by one and waits until each runs; then deletes it.")
final class StartBench implements Callable<Integer> {
    private static final GroupResource PODS = Resources.PODS;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin private Target target = new Target();
    @Mixin private Rounds rounds = new Rounds();

    @Option(names = "--pods", defaultValue = "10", description = "Per round; default 10.")
    private int pods;

    @Option(
            names = "--image",
            defaultValue = "localhost/gantry/busybox:1.37",
            description = "An image that all nodes have, with sleep; default that of the demo.")
    private String image = "";

    @Override
    public Integer call() throws Exception {
        rounds.measure(target.clusters(), Session::new).print(target.json);
        return 0;
    }

    private final class Session implements Benchmark.Session {
        private final Cluster cluster;
        private final Workers workers;
        private final BenchNamespace namespace;

        Session(Cluster cluster) throws Exception {
            this.cluster = cluster;
            this.workers = Workers.of(cluster);
            if (workers == Workers.NONE) {
                throw new IOException(cluster.name() + " has no node that is ready");
            }
            if (workers == Workers.ON_PAPER) {
                System.err.println(cluster.name() + " has no node that runs pods: only bound");
            }
            this.namespace = new BenchNamespace(cluster.api());
            namespace.awaitServiceAccount();
        }

        @Override
        public Report round() throws Exception {
            var times = new Times(new Samples(), new Samples(), new Samples());
            for (int i = 0; i < pods; i++) {
                one("bench-" + i, times);
            }
            return new Report("start")
                    .fact("image", image)
                    .add("pods", "pods", pods, "")
                    .add("boundP50Ms", "created to bound, p50", times.bound.percentile(50), "ms")
                    .add(
                            "runningP50Ms",
                            "created to running, p50",
                            times.running.percentile(50),
                            "ms")
                    .add(
                            "runningP99Ms",
                            "created to running, p99",
                            times.running.percentile(99),
                            "ms")
                    .add("goneP50Ms", "deleted to gone, p50", times.gone.percentile(50), "ms");
        }

        @Override
        public void close() {
            namespace.remove();
        }

        private void one(String name, Times times) throws IOException {
            String path = "/api/v1/namespaces/" + namespace.name() + "/pods";
            String version = cluster.version(path);
            try (RawConnection watch = cluster.connect().patience(PATIENCE)) {
                watch.open(path + "?watch=true&resourceVersion=" + version);
                long began = System.nanoTime();
                Resource made = cluster.api().create(PODS, pod(namespace.name(), name));
                ObjectKey key = made.key(PODS);
                await(watch, StartBench::isBound);
                times.bound.add(System.nanoTime() - began);
                if (workers == Workers.ON_PAPER) {
                    cluster.api().remove(key, made.uid());
                    return;
                }
                await(watch, StartBench::isRunning);
                times.running.add(System.nanoTime() - began);
                long deleted = System.nanoTime();
                cluster.api().delete(key, made.uid(), Propagation.BACKGROUND);
                await(watch, event -> Resource.text(event, "type").equals("DELETED"));
                times.gone.add(System.nanoTime() - deleted);
            }
        }
    }

    private record Times(Samples bound, Samples running, Samples gone) {}

    @FunctionalInterface
    private interface Condition {
        boolean holds(JsonNode event) throws IOException;
    }

    private static boolean isBound(JsonNode event) {
        return event.at("/object/spec").hasNonNull("nodeName");
    }

    private static boolean isRunning(JsonNode event) throws IOException {
        JsonNode status = event.at("/object/status");
        if (Resource.text(status, "phase").equals("Failed")) {
            throw new IOException("the pod failed: " + status);
        }
        return Resource.text(status, "phase").equals("Running");
    }

    private static void await(RawConnection watch, Condition condition) throws IOException {
        while (true) {
            String line = watch.nextLine();
            if (line == null) {
                throw new IOException("the watch ended");
            }
            if (condition.holds(JsonMapper.shared().readTree(line))) {
                return;
            }
        }
    }

    private Resource pod(String namespace, String name) {
        ObjectNode pod = JsonMapper.shared().createObjectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode spec = pod.putObject("spec").put("terminationGracePeriodSeconds", 1);
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", "main").put("image", image);
        container.putArray("command").add("sleep").add("3600");
        return new Resource(pod);
    }
}
