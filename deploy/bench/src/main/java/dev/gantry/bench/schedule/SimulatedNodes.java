package dev.gantry.bench.schedule;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action.Propagation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes that nobody runs: 4 cores, 32 GiB, 110 pods each, Ready. The annotation tells Gantry's
 * monitoring that their silence means nothing; other clusters must have their node controllers off.
 */
final class SimulatedNodes {
    static final String PREFIX = "bench-node-";
    private static final GroupResource NODES = BuiltinKind.NODE.resource();

    private final ClusterApi api;
    private final int count;

    SimulatedNodes(ClusterApi api, int count) {
        this.api = api;
        this.count = count;
    }

    void make() throws InterruptedException, ExecutionException {
        inParallel(
                number -> {
                    Resource made = api.create(NODES, node(number));
                    ObjectKey key = new ObjectKey(NODES, "", made.name());
                    ObjectNode status = JsonMapper.shared().createObjectNode();
                    status.set("status", status());
                    api.mergePatch(key, "status", status);
                    ObjectNode untainted = JsonMapper.shared().createObjectNode();
                    untainted.putObject("spec").putNull("taints");
                    api.mergePatch(key, "", untainted);
                });
    }

    void remove() throws InterruptedException, ExecutionException {
        inParallel(
                number ->
                        api.get(new ObjectKey(NODES, "", PREFIX + number))
                                .ifPresent(
                                        node ->
                                                api.delete(
                                                        node.key(NODES),
                                                        node.uid(),
                                                        Propagation.BACKGROUND)));
    }

    private void inParallel(java.util.function.IntConsumer step)
            throws InterruptedException, ExecutionException {
        try (var workers = Executors.newFixedThreadPool(16)) {
            List<Callable<Boolean>> steps = new ArrayList<>();
            IntStream.range(0, count)
                    .forEach(
                            number ->
                                    steps.add(
                                            () -> {
                                                step.accept(number);
                                                return true;
                                            }));
            for (Future<Boolean> done : workers.invokeAll(steps)) {
                done.get();
            }
        }
    }

    private static Resource node(int number) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", PREFIX + number);
        metadata.putObject("labels")
                .put("kubernetes.io/hostname", PREFIX + number)
                .put("topology.kubernetes.io/zone", "zone-" + number % 10);
        metadata.putObject("annotations").put("gantry.dev/simulated", "true");
        return new Resource(node);
    }

    private static ObjectNode status() {
        ObjectNode status = JsonMapper.shared().createObjectNode();
        for (String amounts : List.of("capacity", "allocatable")) {
            status.putObject(amounts).put("cpu", "4").put("memory", "32Gi").put("pods", "110");
        }
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "Simulated")
                .put("lastHeartbeatTime", now)
                .put("lastTransitionTime", now);
        return status;
    }
}
