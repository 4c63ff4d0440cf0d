package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Audit events reach a webhook, or it is known how many did not. */
@Timeout(180)
class AuditWebhookTest {
    private static final String MAPS = "/api/v1/namespaces/team/configmaps";

    @TempDir Path folder;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failures;
    private volatile int failure = 500;
    private TestWebhook webhook;
    private Path kubeconfig;
    private @Nullable RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        webhook = new TestWebhook(folder);
        kubeconfig = webhook.serve("audit", this::take);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        webhook.close();
    }

    @Test
    void takesListsOfEvents() throws Exception {
        RunningGateway running = open();
        running.post(running.admin(), MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        running.get(running.pki.clientOf("CN=jane"), MAPS);

        Patience.await().untilAsserted(() -> assertThat(events).hasSize(2));
        assertThat(events.getFirst().at("/user/username").asString()).isEqualTo("admin");
        assertThat(events.getFirst().path("stage").asString()).isEqualTo("ResponseComplete");
        assertThat(events.getLast().at("/responseStatus/code").asInt()).isEqualTo(403);
    }

    @Test
    void whatItDoesNotTakeIsSentAgain() throws Exception {
        failures = 2;
        RunningGateway running = open();
        running.get(running.admin(), MAPS);

        Patience.await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(requests).hasValue(3);
        assertThat(metrics(running)).doesNotContain("plugin=\"webhook\"");
    }

    @Test
    void whatItNeverTakesIsCounted() throws Exception {
        failures = Integer.MAX_VALUE;
        RunningGateway running = open();
        running.get(running.admin(), MAPS);

        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(metrics(running))
                                        .containsPattern(
                                                "error_total\\{plugin=\"webhook\"} [1-9]"));
        assertThat(requests.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void whatItRefusesIsNotSentAgain() throws Exception {
        failures = 1;
        failure = 413;
        RunningGateway running = open();
        running.get(running.admin(), MAPS);
        Patience.await().untilAsserted(() -> assertThat(requests).hasValue(1));
        running.get(running.admin(), MAPS + "/a");

        Patience.await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(events.getFirst().path("requestURI").asString()).endsWith("/a");
        assertThat(metrics(running)).contains("apiserver_audit_error_total{plugin=\"webhook\"} 1");
    }

    @Test
    void whatIsLeftAtTheEndIsStillSent() throws Exception {
        RunningGateway running = open("--gantry.gateway.audit-webhook-batch-max-wait-seconds=3600");
        running.get(running.admin(), MAPS);
        running.close();
        gateway = null;

        assertThat(events).hasSize(1);
    }

    @Test
    void aGatewayDoesNotStartWithoutItsKubeconfig() {
        kubeconfig = folder.resolve("nowhere");
        assertThatThrownBy(this::open).rootCause().hasMessageContaining("nowhere");
    }

    private RunningGateway open(String... more) throws Exception {
        List<String> all =
                new java.util.ArrayList<>(
                        List.of(
                                "--gantry.gateway.audit-webhook-batch-max-wait-seconds=0",
                                "--gantry.gateway.audit-webhook-initial-backoff-seconds=0",
                                "--gantry.gateway.audit-webhook-config=" + kubeconfig));
        if (more.length > 0) {
            all.removeFirst();
            all.addAll(List.of(more));
        }
        RunningGateway running = new RunningGateway(folder, all.toArray(String[]::new));
        gateway = running;
        return running;
    }

    private static String metrics(RunningGateway running) throws Exception {
        return running.get(running.admin(), "/metrics").body();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode list = TestWebhook.read(exchange);
        requests.incrementAndGet();
        if (failures > 0) {
            failures--;
            TestWebhook.send(exchange, failure, "");
            return;
        }
        list.path("items")
                .forEach(
                        each -> {
                            if (!each.path("requestURI").asString("").equals("/metrics")) {
                                events.add(each);
                            }
                        });
        TestWebhook.send(exchange, 200, "");
    }
}
