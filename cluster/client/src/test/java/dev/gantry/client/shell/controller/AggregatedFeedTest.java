package dev.gantry.client.shell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One extension server that answers, and one that may be away. */
class AggregatedFeedTest {
    private static final GroupResource SERVICES = Kinds.API_SERVICE.resource();
    private static final Kind STOOLS = Kind.namespaced("a.example.com", "v1", "Stool", "stools");
    private static final Kind LAMPS = Kind.namespaced("b.example.com", "v1", "Lamp", "lamps");
    private static final String RESOURCE =
            """
            {"name":"%s","kind":"%s","namespaced":true,"verbs":["list","watch","delete"]}""";

    /** What is answered at a path; nothing where there is none. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final ObjectCache cache = new ObjectCache();
    private volatile List<Kind> known = List.of();
    private LoopbackServer server;
    private AggregatedFeed feed;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::answer);
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
        feed = new AggregatedFeed(api, cache, this::hear);
        serves("a", "stools", "Stool");
        answers.put("/apis/a.example.com/v1/stools", list("bar", "bench"));
    }

    @AfterEach
    void stop() {
        feed.close();
        server.close();
    }

    @Test
    void bringsTheObjectsOfAServerThatAnswersWhileAnotherIsAway() {
        register("a", "b");
        feed.start();
        Patience.await().until(() -> known.equals(List.of(STOOLS)));
        assertThat(cache.list(STOOLS.resource()))
                .extracting(Resource::name)
                .containsExactly("bar", "bench");

        serves("b", "lamps", "Lamp");
        answers.put("/apis/b.example.com/v1/lamps", list("desk"));
        feed.lookAgain();
        Patience.await().until(() -> known.contains(LAMPS));
        assertThat(cache.list(LAMPS.resource())).hasSize(1);
    }

    /** Its objects did not go because nobody serves them for a while. */
    @Test
    void tellsOfNoEndWhenAServerIsUnregistered() {
        register("a");
        feed.start();
        Patience.await().until(() -> known.equals(List.of(STOOLS)));
        List<ObjectKey> gone = new CopyOnWriteArrayList<>();
        cache.observe(
                (key, _, after) -> {
                    if (after.isEmpty() && key.resource().equals(STOOLS.resource())) {
                        gone.add(key);
                    }
                });

        cache.put(key("a"), new Revision(9), Optional.empty());
        feed.lookAgain();
        Patience.await().until(() -> known.isEmpty());
        Patience.await().until(() -> cache.list(STOOLS.resource()).isEmpty());
        assertThat(gone).isEmpty();
    }

    private void hear(Collection<Kind> kinds) {
        known = List.copyOf(kinds);
    }

    private void register(String... groups) {
        for (String each : groups) {
            String json =
                    """
                    {"metadata":{"name":"v1.%1$s.example.com"},"spec":{"group":"%1$s.example.com","version":"v1","service":{}}}"""
                            .formatted(each);
            var service = new Resource((ObjectNode) JsonMapper.shared().readTree(json));
            cache.put(key(each), new Revision(1), Optional.of(service));
        }
    }

    private static ObjectKey key(String group) {
        return new ObjectKey(SERVICES, "", "v1." + group + ".example.com");
    }

    private void serves(String group, String plural, String kind) {
        answers.put(
                "/apis/" + group + ".example.com/v1",
                "{\"resources\":[" + RESOURCE.formatted(plural, kind) + "]}");
    }

    private static String list(String... names) {
        StringBuilder items = new StringBuilder();
        for (String each : names) {
            items.append(items.isEmpty() ? "" : ",")
                    .append(
                            "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"n\",\"resourceVersion\":\"1\"}}"
                                    .formatted(each));
        }
        return "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[%s]}".formatted(items);
    }

    /** A watch ends at once, without an event. */
    private void answer(HttpExchange exchange) throws IOException {
        boolean isWatch = exchange.getRequestURI().toString().contains("watch=true");
        String body = isWatch ? "" : answers.get(exchange.getRequestURI().getPath());
        LoopbackServer.reply(exchange, body == null ? 503 : 200, body == null ? "" : body);
    }
}
