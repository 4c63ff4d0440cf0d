package dev.gantry.acceptance.compose;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Clients that create objects without a pause, and note which ones were acknowledged. */
final class Writers implements AutoCloseable {
    private static final int COUNT = 4;

    private final ClusterApi api;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private volatile boolean isOver;

    Writers(ClusterApi api) {
        this.api = api;
        for (int i = 0; i < COUNT; i++) {
            threads.execute(this::write);
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Returns once the last request is answered. */
    void end() throws InterruptedException {
        isOver = true;
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("a writer never got an answer");
        }
    }

    /** Names that were acknowledged and are not there. */
    List<String> lost() {
        return acknowledged.stream()
                .filter(
                        name ->
                                api.get(new ObjectKey(Resources.CONFIG_MAPS, "default", name))
                                        .isEmpty())
                .toList();
    }

    @Override
    public void close() {
        isOver = true;
        threads.shutdownNow();
    }

    private void write() {
        while (!isOver) {
            String name = "written-" + number.incrementAndGet();
            ObjectNode object = JsonMapper.shared().createObjectNode();
            object.put("apiVersion", "v1").put("kind", "ConfigMap");
            object.putObject("metadata").put("name", name).put("namespace", "default");
            try {
                api.create(Resources.CONFIG_MAPS, new Resource(object));
                acknowledged.add(name);
            } catch (ApiRefused | ApiUnreachable unacknowledged) {
                // Nothing was promised: whether it is there says nothing.
                continue;
            }
        }
    }
}
