package dev.gantry.client.shell.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against an API that grants so many requests and refuses all that come later. */
final class PerformerTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey KEY = new ObjectKey(Resources.REPLICA_SETS, "n", "web");

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger granted = new AtomicInteger(Integer.MAX_VALUE);
    private final ObjectCache cache = new ObjectCache();
    private final Expectations expectations = new Expectations();
    private final Reports reports = new Reports();
    private LoopbackServer server;
    private Performer performer;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::answer);
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
        performer = new Performer(api, new EventRecorder("test", api), 100);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRefusalThatMeetsAllCreationsIsMetOnce() {
        granted.set(0);

        assertThatThrownBy(() -> perform(creations(500))).isInstanceOf(ApiRefused.class);
        assertThat(asked).hasSize(1);
    }

    /** 1 and 2 go well, the third of the next 4 does not: those under way end, no others begin. */
    @Test
    void creationsStartSlowlyAndEndWithTheFirstRefusal() {
        granted.set(5);

        assertThatThrownBy(() -> perform(creations(500))).isInstanceOf(ApiRefused.class);
        assertThat(asked).hasSize(1 + 2 + 4);
        assertThat(reports.done).hasValue(5);
        assertThat(reports.refused).hasValue(2);
    }

    @Test
    void allAreMadeWhereNothingIsRefused() throws Exception {
        perform(creations(20));

        assertThat(asked).hasSize(20).containsOnly("POST /api/v1/namespaces/n/pods");
    }

    @Test
    void updatesGoOneByOneInTheirOrder() throws Exception {
        perform(
                List.of(
                        new Action.Update(PODS, pod("b")),
                        new Action.Update(PODS, pod("a")),
                        new Action.Delete(
                                pod("c").key(PODS), new Uid("u"), Action.Propagation.BACKGROUND)));

        assertThat(asked)
                .containsExactly(
                        "PUT /api/v1/namespaces/n/pods/b",
                        "PUT /api/v1/namespaces/n/pods/a",
                        "DELETE /api/v1/namespaces/n/pods/c");
    }

    @Test
    void metadataIsPatchedAndNothingElseIsSent() throws Exception {
        ObjectNode metadata = JsonMapper.shared().createObjectNode();
        metadata.put("resourceVersion", "8").putNull("finalizers");
        perform(List.of(new Action.PatchMetadata(pod("x").key(PODS), metadata)));

        assertThat(asked).containsExactly("PATCH /api/v1/namespaces/n/pods/x");
        assertThat(sent)
                .containsExactly(
                        "application/merge-patch+json"
                                + " {\"metadata\":{\"resourceVersion\":\"8\",\"finalizers\":null}}");
        assertThat(isSeen()).isFalse();
    }

    /** The API answers with revision 9. */
    @Test
    void whatWasWrittenIsExpectedInTheCache() throws Exception {
        perform(creations(1));

        assertThat(isSeen()).isFalse();
        cache.put(pod("x").key(PODS), new Revision(9), Optional.of(pod("x")));
        assertThat(isSeen()).isTrue();
    }

    @Test
    void whatWasRefusedIsNotExpected() {
        granted.set(0);

        assertThatThrownBy(() -> perform(creations(1))).isInstanceOf(ApiRefused.class);
        assertThat(isSeen()).isTrue();
    }

    private boolean isSeen() {
        return expectations.isSeenBy(new CacheReader(cache), cache::revision);
    }

    private void perform(List<Action> actions) throws InterruptedException {
        performer.perform(reports, KEY, new CacheReader(cache), actions, expectations);
    }

    private static List<Action> creations(int count) {
        return Collections.nCopies(count, new Action.Create(PODS, pod("x")));
    }

    private static Resource pod(String name) {
        String json = "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"n\"}}".formatted(name);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        sent.add(
                exchange.getRequestHeaders().getFirst("Content-Type")
                        + " "
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        boolean isGranted = granted.getAndDecrement() > 0;
        String text =
                isGranted
                        ? "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"9\"}}"
                        : "{\"reason\":\"Forbidden\",\"message\":\"exceeded quota\"}";
        LoopbackServer.reply(exchange, isGranted ? 200 : 403, text);
    }

    /** Counts what it is told of its actions. */
    private static final class Reports implements Controller {
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

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
            return Plan.settled();
        }

        @Override
        public Optional<Action.RecordEvent> done(
                ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
            done.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public Optional<Action.RecordEvent> refused(
                ObjectKey key, ClusterReader cluster, Action action, String message) {
            refused.incrementAndGet();
            return Optional.empty();
        }
    }
}
