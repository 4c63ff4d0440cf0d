package dev.gantry.acceptance;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Clients that create objects for as long as they can, and note which were acknowledged. */
public final class Writers implements AutoCloseable {
    /** Of all writers: no name is written twice. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final int COUNT = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ClusterApi api;
    private final String namespace;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final CountDownLatch over = new CountDownLatch(1);

    public Writers(ClusterApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
        for (int i = 0; i < COUNT; i++) {
            threads.execute(this::write);
        }
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    /** Returns once the last request is answered. */
    public void end() throws InterruptedException {
        over.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("a writer never got an answer");
        }
    }

    /**
     * Names that were acknowledged and are not there. Asked for again where the API is away: after
     * what was done to it, it may be so for another moment.
     */
    public List<String> lost() {
        Set<String> stored =
                Patience.await()
                        .ignoreExceptionsMatching(
                                fault ->
                                        fault instanceof ApiRefused
                                                || fault instanceof ApiUnreachable)
                        .until(this::stored, _ -> true);
        return acknowledged.stream().filter(name -> !stored.contains(name)).toList();
    }

    @Override
    public void close() {
        over.countDown();
        threads.shutdownNow();
    }

    private Set<String> stored() {
        return api.list(Resources.CONFIG_MAPS, namespace, "").stream()
                .map(Resource::name)
                .collect(Collectors.toSet());
    }

    private void write() {
        while (over.getCount() > 0) {
            String name = "written-" + NUMBER.incrementAndGet();
            ObjectNode object = JsonMapper.shared().createObjectNode();
            object.put("apiVersion", "v1").put("kind", "ConfigMap");
            object.putObject("metadata").put("name", name).put("namespace", namespace);
            try {
                api.create(Resources.CONFIG_MAPS, new Resource(object));
                acknowledged.add(name);
            } catch (ApiRefused | ApiUnreachable unacknowledged) {
                // Nothing was promised: whether it is there says nothing. And those who ask at once
                // would keep from the cores what is to start again.
                pause();
            }
        }
    }

    private void pause() {
        try {
            boolean _ = over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
