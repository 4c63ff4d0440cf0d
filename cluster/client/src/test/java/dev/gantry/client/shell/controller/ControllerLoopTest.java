package dev.gantry.client.shell.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.metrics.WorkQueueMetrics;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One controller that wants a pod for each key, and an API that refuses it in a namespace that ends
 * and in one with too little left.
 */
class ControllerLoopTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource ATTACHMENTS = Kinds.VOLUME_ATTACHMENT.resource();
    private static final ObjectKey ATTACHMENT = new ObjectKey(ATTACHMENTS, "", "a");
    private static final int TRIES = 5;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch tried = new CountDownLatch(TRIES);
    private final AtomicInteger reconciled = new AtomicInteger();
    private final ObjectCache cache = new ObjectCache();
    private volatile Set<GroupResource> known = Set.of();
    private volatile String attachments = "";
    private final WorkQueueMetrics queues = new WorkQueueMetrics(System::nanoTime);
    private LoopbackServer server;
    private ControllerLoop loop;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::refuse);
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
        var performer = new Performer(api, new EventRecorder("test", api), 4);
        loop =
                new ControllerLoop(
                        new OnePodEach(),
                        cache,
                        new CacheReader(cache),
                        performer,
                        queues.of("test"));
        cache.onCaughtUp();
        loop.start();
    }

    @AfterEach
    void stop() {
        loop.close();
        server.close();
    }

    /** Each try in the other namespace comes after a pause, the first of which was due here too. */
    @Test
    void nothingIsTriedAgainInANamespaceThatEnds() throws InterruptedException {
        loop.lead();
        loop.enqueue(new ObjectKey(PODS, "ending", "a"));
        loop.enqueue(new ObjectKey(PODS, "full", "a"));

        assertThat(tried.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(asked).filteredOn(path -> path.contains("/ending/")).hasSize(1);
        assertThat(metrics())
                .containsPattern("workqueue_adds_total\\{name=\"test\"} [1-9]")
                .containsPattern("workqueue_retries_total\\{name=\"test\"} [1-9]");
    }

    /** One key is never reconciled twice at once: the second time, all of the first is over. */
    @Test
    void aFollowerPerformsNothingAndBeginsWithTheOpenKeysWhenItLeads() {
        var key = new ObjectKey(PODS, "ending", "a");
        loop.enqueue(key);
        Patience.await().until(() -> reconciled.get() == 1);
        loop.enqueue(key);
        Patience.await().until(() -> reconciled.get() == 2);
        assertThat(asked).isEmpty();

        loop.lead();
        Patience.await().until(() -> !asked.isEmpty());
        assertThat(asked).containsOnly("/api/v1/namespaces/ending/pods");
    }

    @Test
    void aLeaderThatFollowsAgainPerformsNothingMore() {
        loop.lead();
        loop.enqueue(new ObjectKey(PODS, "ending", "a"));
        Patience.await().until(() -> asked.size() == 1);

        loop.follow();
        var key = new ObjectKey(PODS, "ending", "b");
        loop.enqueue(key);
        Patience.await().until(() -> loop.isUnperformed(key));
        assertThat(asked).hasSize(1);
    }

    /** What the leader before wrote last is in the API, and the feed has not told of it so far. */
    @Test
    void aNewLeaderWaitsUntilItKnowsWhatWasThereWhenItBegan() {
        known = Set.of(ATTACHMENTS);
        attachments = "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}";
        loop.lead();
        loop.enqueue(new ObjectKey(PODS, "ending", "a"));
        Patience.await().until(() -> asked.contains("/apis/storage.k8s.io/v1/volumeattachments"));
        loop.enqueue(new ObjectKey(PODS, "ending", "b"));
        cache.put(ATTACHMENT, new Revision(6), Optional.of(object(ATTACHMENT)));
        Patience.await()
                .until(
                        () ->
                                metrics()
                                        .matches(
                                                "(?s).*workqueue_retries_total\\{name=\"test\"} [1-9].*"));
        assertThat(reconciled).hasValue(0);

        cache.put(ATTACHMENT, new Revision(7), Optional.of(object(ATTACHMENT)));
        Patience.await().until(() -> reconciled.get() == 2);
        assertThat(asked)
                .filteredOn(path -> path.endsWith("/volumeattachments"))
                .as("it asks once")
                .hasSize(1);
    }

    /**
     * The leader did its work, and what this follower would have written is not needed any more.
     */
    @Test
    void aFollowerForgetsTheKeysOfObjectsThatAreGone() {
        var key = new ObjectKey(PODS, "ending", "a");
        loop.enqueue(key);
        Patience.await().until(() -> loop.isUnperformed(key));

        loop.hear(new Controller.Change(key, Optional.of(object(key)), Optional.empty()));
        assertThat(loop.isUnperformed(key)).isFalse();
    }

    /** All controllers hear of a change one after another, on one thread. */
    @Test
    void aControllerThatFailsOnAChangeKeepsNobodyElseFromHearing() {
        var key = new ObjectKey(PODS, "ending", "bad");
        assertThatCode(
                        () ->
                                loop.hear(
                                        new Controller.Change(
                                                key, Optional.empty(), Optional.of(object(key)))))
                .doesNotThrowAnyException();
    }

    private String metrics() {
        var text = new StringBuilder();
        queues.append(text);
        return text.toString();
    }

    private void refuse(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/volumeattachments")) {
            LoopbackServer.reply(exchange, 200, "{\"items\":[%s]}".formatted(attachments));
            asked.add(path);
            return;
        }
        boolean isEnding = path.contains("/ending/");
        String causes = isEnding ? "[{\"reason\":\"NamespaceTerminating\"}]" : "[]";
        LoopbackServer.reply(
                exchange,
                403,
                "{\"reason\":\"Forbidden\",\"message\":\"no\",\"details\":{\"causes\":%s}}"
                        .formatted(causes));
        asked.add(path);
        if (!isEnding) {
            tried.countDown();
        }
    }

    private static Resource object(ObjectKey key) {
        String json = "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"}}";
        String pod = json.formatted(key.name(), key.namespace());
        return new Resource((ObjectNode) JsonMapper.shared().readTree(pod));
    }

    private final class OnePodEach implements Controller {
        @Override
        public String component() {
            return "test";
        }

        @Override
        public Set<GroupResource> watches() {
            return Set.of(PODS);
        }

        @Override
        public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
            if (change.key().name().equals("bad")) {
                throw new IllegalStateException("a change that this controller cannot judge");
            }
        }

        @Override
        public Set<GroupResource> knownBeforeLeading() {
            return known;
        }

        @Override
        public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
            reconciled.incrementAndGet();
            return Plan.of(List.of(new Action.Create(PODS, object(key))));
        }
    }
}
