package dev.gantry.client.shell.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.plan.Action;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against an API that keeps pods by name, and may break off or refuse after it made one. */
final class CreationsTest {
    private static final int FINE = 201;
    private static final int BREAKS_OFF = 0;

    private final Map<String, Resource> stored = new ConcurrentSkipListMap<>();
    private final ObjectCache cache = new ObjectCache();
    private volatile int next = FINE;
    private LoopbackServer server;
    private Creations creations;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::answer);
        creations = new Creations(ClusterApi.of(ClusterAccess.withToken(server.url(), "test")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPodWhoseCreationWasNotAnsweredIsNotMadeTwice() {
        next = BREAKS_OFF;
        assertThatThrownBy(() -> create("u1")).isInstanceOf(ApiUnreachable.class);
        assertThat(stored).hasSize(1);

        next = FINE;
        Resource found = create("u1");
        assertThat(stored).containsOnlyKeys(found.name());
        create("u1");
        assertThat(stored).hasSize(2);
    }

    @Test
    void neitherIsOneThatAFailingServerMadeAfterAll() {
        next = 504;
        assertThatThrownBy(() -> create("u1")).isInstanceOf(ApiRefused.class);
        next = 403;
        assertThatThrownBy(() -> create("u1")).isInstanceOf(ApiRefused.class);
        next = FINE;
        create("u1");

        assertThat(stored).hasSize(1);
    }

    @Test
    void whatTheCacheShowsWasCountedSoAnotherIsMade() {
        next = BREAKS_OFF;
        assertThatThrownBy(() -> create("u1")).isInstanceOf(ApiUnreachable.class);
        next = FINE;
        stored.values().forEach(pod -> cache.put(key(pod), new Revision(9), Optional.of(pod)));
        create("u1");

        assertThat(stored).hasSize(2);
    }

    @Test
    void aNamesakeOfAnotherOwnerIsNotTakenForOurs() {
        next = BREAKS_OFF;
        assertThatThrownBy(() -> create("u1")).isInstanceOf(ApiUnreachable.class);
        next = FINE;
        Resource own = create("u2");

        assertThat(stored).hasSize(2);
        assertThat(own.controller().orElseThrow().uid().value()).isEqualTo("u2");
    }

    @Test
    void namesLookAsTheApiWouldMakeThem() {
        assertThat(create("u1").name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    private Resource create(String owner) {
        String json =
                """
                {"metadata":{"generateName":"web-","namespace":"n","ownerReferences":[
                 {"uid":"%s","name":"web","kind":"ReplicaSet","controller":true}]}}
                """
                        .formatted(owner);
        return creations.create(
                new Action.Create(Resources.PODS, object(json)), new CacheReader(cache));
    }

    private static ObjectKey key(Resource pod) {
        return pod.key(Resources.PODS);
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (exchange.getRequestMethod().equals("GET")) {
            String path = exchange.getRequestURI().getPath();
            Resource found = stored.get(path.substring(path.lastIndexOf('/') + 1));
            reply(exchange, found == null ? 404 : 200, found);
            return;
        }
        int code = next;
        if (code == 403) {
            reply(exchange, code, null);
            return;
        }
        Resource made = object(body);
        boolean isNew = stored.putIfAbsent(made.name(), made) == null;
        if (code == BREAKS_OFF) {
            exchange.close();
        } else if (code == FINE && !isNew) {
            reply(exchange, 409, null);
        } else {
            reply(exchange, code, made);
        }
    }

    private static void reply(HttpExchange exchange, int code, @Nullable Resource object)
            throws IOException {
        String text =
                object == null
                        ? "{\"reason\":\"%s\",\"message\":\"no\"}"
                                .formatted(code == 404 ? "NotFound" : "Other")
                        : object.tree().toString();
        LoopbackServer.reply(exchange, code, text);
    }
}
