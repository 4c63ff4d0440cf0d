package dev.gantry.client.shell.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.testkit.Patience;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One controller whose wish the API refuses, in a namespace that ends and in one with too little left.
 */
class ControllerLoopTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final int TRIES = 5;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch tried = new CountDownLatch(TRIES);
    private HttpServer server;
    private ControllerLoop loop;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::refuse);
        server.start();
        var client = new ApiClient();
        client.setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
        var api = new ClusterApi(client);
        var cache = new ObjectCache();
        var performer = new Performer(api, new EventRecorder("test", api), 4);
        loop = new ControllerLoop(new OnePodEach(), cache, new CacheReader(cache), performer);
        cache.onCaughtUp();
        loop.start();
    }

    @AfterEach
    void stop() {
        loop.close();
        server.stop(0);
    }

    /** Each try in the other namespace comes after a pause, the first of which was due here too. */
    @Test
    void nothingIsTriedAgainInANamespaceThatEnds() throws InterruptedException {
        loop.enqueue(new ObjectKey(PODS, "ending", "a"));
        loop.enqueue(new ObjectKey(PODS, "full", "a"));

        assertThat(tried.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(asked).filteredOn(path -> path.contains("/ending/")).hasSize(1);
    }

    private void refuse(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean isEnding = path.contains("/ending/");
        String causes = isEnding ? "[{\"reason\":\"NamespaceTerminating\"}]" : "[]";
        byte[] body =
                "{\"reason\":\"Forbidden\",\"message\":\"no\",\"details\":{\"causes\":%s}}"
                        .formatted(causes)
                        .getBytes(UTF_8);
        exchange.sendResponseHeaders(403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        asked.add(path);
        if (!isEnding) {
            tried.countDown();
        }
    }

    private static final class OnePodEach implements Controller {
        @Override
        public String component() {
            return "test";
        }

        @Override
        public Set<GroupResource> watches() {
            return Set.of(PODS);
        }

        @Override
        public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {}

        @Override
        public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
            String json = "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"}}";
            String pod = json.formatted(key.name(), key.namespace());
            var object = new Resource((ObjectNode) JsonMapper.shared().readTree(pod));
            return Plan.of(List.of(new Action.Create(PODS, object)));
        }
    }
}
