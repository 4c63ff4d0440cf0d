package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Levels and schemas as they are stored decide who is served and who waits. */
@Timeout(180)
class FlowControlTest {
    private static final String API = "/apis/flowcontrol.apiserver.k8s.io/v1/";
    private static final List<String> READY =
            List.of(
                    "/readyz/poststarthook/rbac/bootstrap-roles",
                    "/readyz/poststarthook/priority-and-fairness-config-consumer");
    private static final String CONFIG_MAPS = "/api/v1/namespaces/y/configmaps";

    @TempDir Path folder;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder, "--gantry.gateway.debug=true");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aNewClusterHasItsObjectsAndTheirStatus() throws Exception {
        awaitReady();
        assertThat(gateway.backend.objects)
                .containsKeys(
                        API + "prioritylevelconfigurations/exempt",
                        API + "prioritylevelconfigurations/workload-low",
                        API + "flowschemas/catch-all");
        String status = API + "flowschemas/service-accounts/status";
        Patience.await().until(() -> gateway.backend.objects.containsKey(status));
        assertThat(gateway.backend.objects.get(status).at("/status/conditions/0/reason").asString())
                .isEqualTo("Found");
    }

    @Test
    void tellsEachClientHowItWasClassified() throws Exception {
        store(2, 1);
        var reply = gateway.get(jane(), CONFIG_MAPS);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("x-kubernetes-pf-flowschema-uid")).contains("fs-uid");
        assertThat(reply.headers().firstValue("x-kubernetes-pf-prioritylevel-uid"))
                .contains("pl-uid");
    }

    @Test
    void whoFillsTheirQueueIsTurnedAwayAndNobodyElse() throws Exception {
        store(2, 1);
        HttpClient client = RunningGateway.client(jane());
        HttpRequest request = HttpRequest.newBuilder(gateway.uri(CONFIG_MAPS + "/a")).build();
        // All that follow share the connection that this one opens.
        client.send(request, BodyHandlers.ofString());
        gateway.backend.pause = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            replies.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        // One seat, and a queue of two.
        Patience.await()
                .until(() -> replies.stream().filter(CompletableFuture::isDone).count() == 17);
        for (var reply : replies.stream().filter(CompletableFuture::isDone).toList()) {
            assertThat(reply.join().statusCode()).isEqualTo(429);
            assertThat(reply.join().body())
                    .isEqualTo("Too many requests, please try again later.\n");
            assertThat(reply.join().headers().firstValue("retry-after")).contains("1");
            assertThat(reply.join().headers().firstValue("x-kubernetes-pf-prioritylevel-uid"))
                    .contains("pl-uid");
        }
        assertThat(gateway.get(gateway.admin(), "/version").statusCode()).isEqualTo(200);
        String labels = "{flow_schema=\"janes\",priority_level=\"small\"";
        assertThat(metrics())
                .contains(
                        "apiserver_flowcontrol_rejected_requests_total"
                                + labels
                                + ",reason=\"queue-full\"} 17",
                        "apiserver_flowcontrol_current_inqueue_requests" + labels + "} 2",
                        "apiserver_flowcontrol_current_executing_requests" + labels + "} 1");
        assertThat(dump("dump_priority_levels"))
                .containsPattern("small, +1, +false, +false, +2, +1, +2, +17, +0, +0\n");
        assertThat(dump("dump_queues"))
                .startsWith(
                        "PriorityLevelName, Index,  PendingRequests, ExecutingRequests, SeatsInUse,"
                                + " NextDispatchR, InitialSeatsSum, MaxSeatsSum, TotalWorkSum\n")
                .containsPattern(
                        "small, +\\d+, +2, +0, +0, +\\d\\.\\d{8}ss, +2, +2, +0.00600000ss\n");
        assertThat(dump("dump_requests"))
                .startsWith(
                        "PriorityLevelName, FlowSchemaName, QueueIndex, RequestIndexInQueue,"
                                + " FlowDistingsher, ArriveTime, ")
                .containsPattern(
                        "small, +janes, +\\d+, +0, +jane, +20\\S+Z, +1, +0, +0s, +0001-01-01T00:00:00Z\n")
                .containsPattern("small, +janes, +\\d+, +1, +jane, ");
        assertThat(dump("dump_requests?includeRequestDetails=1"))
                .containsPattern(
                        ", +UserName, +Verb, +APIPath, +Namespace, +Name, +APIVersion, +Resource,"
                                + " +SubResource\n")
                .containsPattern(
                        "0001-01-01T00:00:00Z, jane, +get, +/api/v1/namespaces/y/configmaps/a, +y, +a, +v1, +configmaps, +\n");
        gateway.backend.pause.countDown();
        long served = replies.stream().filter(each -> each.join().statusCode() == 404).count();
        assertThat(served).isEqualTo(3);
    }

    private String dump(String what) throws Exception {
        return gateway.get(gateway.admin(), "/debug/api_priority_and_fairness/" + what).body();
    }

    @Test
    void whoWaitsForLongerThanItMayIsTurnedAway() throws Exception {
        store(50, 1);
        gateway.backend.pause = new CountDownLatch(1);
        HttpClient client = RunningGateway.client(jane());
        var first =
                client.sendAsync(
                        HttpRequest.newBuilder(gateway.uri(CONFIG_MAPS)).build(),
                        BodyHandlers.ofString());
        Patience.await()
                .until(
                        () ->
                                metrics()
                                        .contains(
                                                "apiserver_flowcontrol_current_executing_requests"
                                                        + "{flow_schema=\"janes\","
                                                        + "priority_level=\"small\"} 1"));
        var second = gateway.get(jane(), CONFIG_MAPS + "?timeout=2s");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(metrics())
                .contains(
                        "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"janes\","
                                + "priority_level=\"small\",reason=\"time-out\"} 1",
                        "apiserver_flowcontrol_request_wait_duration_seconds_count{flow_schema="
                                + "\"janes\",priority_level=\"small\",execute=\"false\"} 1");
        gateway.backend.pause.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void aListTakesAsManySeatsAsItsLikeHaveMadeBytes() throws Exception {
        store(50, 1_000);
        gateway.backend.put(
                CONFIG_MAPS + "/a", "{\"data\":{\"a\":\"" + "x".repeat(350_000) + "\"}}");
        assertThat(gateway.get(jane(), CONFIG_MAPS).statusCode()).isEqualTo(200);
        gateway.backend.pause = new CountDownLatch(1);
        var again =
                RunningGateway.client(jane())
                        .sendAsync(
                                HttpRequest.newBuilder(gateway.uri(CONFIG_MAPS)).build(),
                                BodyHandlers.ofString());
        Patience.await()
                .until(
                        () ->
                                metrics()
                                        .contains(
                                                "apiserver_flowcontrol_current_executing_seats"
                                                        + "{flow_schema=\"janes\","
                                                        + "priority_level=\"small\"} 4"));
        gateway.backend.pause.countDown();
        assertThat(again.join().statusCode()).isEqualTo(200);
    }

    /** A level of one queue for the user jane; all levels have twelve hundred seats. */
    private void store(int queueLength, int shares) throws Exception {
        gateway.grant("User", "jane", "configmaps", "*");
        gateway.backend.put(
                API + "prioritylevelconfigurations/small",
                """
                {"metadata":{"name":"small","uid":"pl-uid","resourceVersion":"7"},
                 "spec":{"type":"Limited","limited":{"nominalConcurrencyShares":%d,
                 "borrowingLimitPercent":0,"limitResponse":{"type":"Queue",
                 "queuing":{"queues":1,"handSize":1,"queueLengthLimit":%d}}}}}
                """
                        .formatted(shares, queueLength));
        gateway.backend.put(
                API + "prioritylevelconfigurations/large",
                """
                {"metadata":{"name":"large","resourceVersion":"7"},
                 "spec":{"type":"Limited","limited":{"nominalConcurrencyShares":2000,
                 "limitResponse":{"type":"Reject"}}}}
                """);
        gateway.backend.put(
                API + "flowschemas/janes",
                """
                {"metadata":{"name":"janes","uid":"fs-uid","resourceVersion":"7"},
                 "spec":{"priorityLevelConfiguration":{"name":"small"},"matchingPrecedence":5,
                 "distinguisherMethod":{"type":"ByUser"},
                 "rules":[{"subjects":[{"kind":"User","user":{"name":"jane"}}],
                 "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],
                 "namespaces":["*"],"clusterScope":true}]}]}}
                """);
        gateway.restart();
        awaitReady();
    }

    private void awaitReady() {
        for (String check : READY) {
            Patience.await().until(() -> gateway.get(gateway.admin(), check).statusCode() == 200);
        }
    }

    private SSLContext jane() throws Exception {
        return gateway.pki.clientOf("CN=jane");
    }

    private List<String> metrics() throws Exception {
        return gateway.get(gateway.admin(), "/metrics").body().lines().toList();
    }
}
