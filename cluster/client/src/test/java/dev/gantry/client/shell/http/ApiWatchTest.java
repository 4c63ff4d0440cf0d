package dev.gantry.client.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiWatchTest {
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private LoopbackServer server;
    private ApiWatch watch;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::answer);
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
        watch = new ApiWatch(api, Resources.SERVICES, "", "", new Recorder());
    }

    @AfterEach
    void stop() {
        watch.close();
        server.close();
    }

    @Test
    void listsThenWatchesAndResumesFromTheLastRevision() throws InterruptedException {
        answers.add(list("5", object("a", "3"), object("b", "4")));
        answers.add(event("MODIFIED", object("a", "6")) + event("DELETED", object("b", "7")));
        answers.add(event("ADDED", object("c", "9")));
        watch.start();
        assertThat(take(6)).containsExactly("a@3", "b@4", "caught up", "a@6", "-b", "c@9");
        assertThat(asked.get(1)).contains("resourceVersion=5");
        assertThat(asked.get(2)).contains("resourceVersion=7");
    }

    @Test
    void listsAgainWhenTheRevisionIsTooOldAndTellsOnlyTheDifference() throws InterruptedException {
        answers.add(list("5", object("a", "3"), object("b", "4")));
        answers.add("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");
        answers.add(list("20", object("b", "4"), object("c", "15")));
        watch.start();
        assertThat(take(5)).containsExactly("a@3", "b@4", "caught up", "c@15", "-a");
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(String.valueOf(heard.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)));
        }
        return found;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        String body = answers.poll();
        LoopbackServer.reply(exchange, body == null ? 503 : 200, body == null ? "" : body);
    }

    private static String object(String name, String revision) {
        return "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"n\",\"resourceVersion\":\"%s\"}}"
                .formatted(name, revision);
    }

    private static String list(String revision, String... items) {
        return "{\"metadata\":{\"resourceVersion\":\"%s\"},\"items\":[%s]}"
                .formatted(revision, String.join(",", items));
    }

    private static String event(String type, String object) {
        return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
    }

    private final class Recorder implements ApiWatch.Listener {
        @Override
        public void onObject(Resource object) {
            heard.add(object.name() + "@" + object.revision());
        }

        @Override
        public void onGone(ObjectKey key) {
            heard.add("-" + key.name());
        }

        @Override
        public void onCaughtUp() {
            heard.add("caught up");
        }
    }
}
