package dev.gantry.state.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, over its HTTPS port, on a real PostgreSQL and a real Kafka. */
class StateMainTest {
    @TempDir static Path folder;
    private static TestPostgres postgres;
    private static TestPki pki;
    private static String prefix;
    private static ConfigurableApplicationContext service;
    private static HttpClient gateway;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.freshDatabase();
        prefix = TestKafka.freshPrefix();
        pki = new TestPki(folder);
        service = startService();
        gateway = HttpClient.newBuilder().sslContext(pki.client("system:gantry:gateway")).build();
    }

    @AfterAll
    static void stop() {
        service.close();
        postgres.close();
    }

    private static ConfigurableApplicationContext startService() {
        return StateMain.start(
                "--spring.datasource.url=" + postgres.url(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password(),
                "--gantry.kafka.properties[bootstrap.servers]="
                        + TestKafka.shared().bootstrapServers(),
                "--gantry.kafka.topic-prefix=" + prefix,
                "--gantry.pki.dir=" + folder,
                "--gantry.state.data-key-file=" + folder.resolve("data.key"),
                "--gantry.state.api-addresses=10.89.0.1,fd00:89::1",
                "--gantry.state.http.enabled=true",
                "--gantry.state.http.port=0");
    }

    private static URI uri(String path) {
        int port = service.getBean(StateServer.class).port().orElseThrow();
        return URI.create("https://127.0.0.1:" + port + path);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("X-Remote-User", "alice")
                .header("X-Remote-Group", "system:masters")
                .header("X-Remote-Group", "system:authenticated");
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = gateway.send(request(path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static JsonNode send(String method, String path, String body) throws Exception {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return JsonMapper.shared().readTree(gateway.send(request, BodyHandlers.ofString()).body());
    }

    @Test
    void newClusterHasItsFirstObjects() throws Exception {
        assertThat(get("/api/v1/namespaces").at("/items").findValuesAsString("name"))
                .contains("default", "kube-system", "kube-public", "kube-node-lease");
        JsonNode api = get("/api/v1/namespaces/default/services/kubernetes");
        assertThat(api.at("/spec/clusterIP").asString()).isEqualTo("10.96.0.1");
        JsonNode dns = get("/api/v1/namespaces/kube-system/services/kube-dns");
        assertThat(dns.at("/spec/clusterIPs").toString())
                .isEqualTo("[\"10.96.0.10\",\"fd00:10:96::a\"]");
        assertThat(
                        get("/api/v1/namespaces/default/endpoints/kubernetes")
                                .at("/subsets/0/addresses/0/ip")
                                .asString())
                .isEqualTo("10.89.0.1");
        JsonNode local = get("/apis/storage.k8s.io/v1/storageclasses/local");
        assertThat(local.path("volumeBindingMode").asString()).isEqualTo("WaitForFirstConsumer");
        assertThat(local.path("reclaimPolicy").asString()).isEqualTo("Delete");
    }

    @Test
    void onlyAGatewayComesIn() throws Exception {
        try (HttpClient stranger =
                HttpClient.newBuilder().sslContext(pki.client("mallory")).build()) {
            HttpResponse<String> answer =
                    stranger.send(request("/api/v1/pods").build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
        }
        try (HttpClient nobody = HttpClient.newHttpClient()) {
            assertThatThrownBy(
                            () ->
                                    nobody.send(
                                            request("/api/v1/pods").build(),
                                            BodyHandlers.ofString()))
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void watcherOverHttpsHearsOfAChange() throws Exception {
        String path = "/api/v1/namespaces/default/configmaps";
        String revision = get(path).at("/metadata/resourceVersion").asString();
        HttpResponse<InputStream> watch =
                gateway.send(
                        request(path + "?watch=1&resourceVersion=" + revision).build(),
                        BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(watch.body()))) {
            send("POST", path, "{\"metadata\":{\"name\":\"seen\"}}");
            JsonNode event = JsonMapper.shared().readTree(lines.readLine());
            assertThat(event.path("type").asString()).isEqualTo("ADDED");
            assertThat(event.at("/object/metadata/name").asString()).isEqualTo("seen");
        }
    }

    @Test
    void whatAdmissionSaysForTheAuditLogComesWithTheAnswer() throws Exception {
        String path = "/api/v1/namespaces/default/";
        send("POST", path + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        String pod =
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
        HttpRequest create =
                request(path + "pods")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(pod))
                        .build();
        HttpResponse<String> made = gateway.send(create, BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue(ApiReply.AUDIT_ANNOTATIONS))
                .contains("{\"pod-security.kubernetes.io/enforce-policy\":\"privileged:latest\"}");
    }

    @Test
    void manyWatchesShareTheDoor() throws Exception {
        String path = "/api/v1/namespaces/kube-public/configmaps";
        List<BufferedReader> watches = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            HttpResponse<InputStream> watch =
                    gateway.send(request(path + "?watch=1").build(), BodyHandlers.ofInputStream());
            watches.add(new BufferedReader(new InputStreamReader(watch.body())));
        }
        send("POST", path, "{\"metadata\":{\"name\":\"shared\"}}");
        for (BufferedReader each : watches) {
            assertThat(each.readLine()).contains("\"shared\"");
            each.close();
        }
    }

    @Test
    void pastIsToldAndCannotBeChanged() throws Exception {
        String path = "/api/v1/namespaces/default/configmaps";
        JsonNode first =
                send("POST", path, "{\"metadata\":{\"name\":\"aging\"},\"data\":{\"k\":\"1\"}}");
        String then = first.at("/metadata/resourceVersion").asString();
        send("PUT", path + "/aging", "{\"metadata\":{\"name\":\"aging\"},\"data\":{\"k\":\"2\"}}");

        assertThat(get("/asof/" + then + path + "/aging").at("/data/k").asString()).isEqualTo("1");
        assertThat(get("/asof/" + then + path).at("/metadata/resourceVersion").asString())
                .isEqualTo(then);
        assertThat(send("DELETE", "/asof/" + then + path + "/aging", "").path("code").asInt())
                .isEqualTo(403);
    }

    @Test
    void restartFindsEverythingAndWritesNothing() throws Exception {
        String path = "/api/v1/namespaces/default/configmaps";
        send("POST", path, "{\"metadata\":{\"name\":\"kept\"}}");
        String before = get(path).at("/metadata/resourceVersion").asString();
        service.close();
        service = startService();

        assertThat(get(path + "/kept").at("/metadata/name").asString()).isEqualTo("kept");
        assertThat(get(path).at("/metadata/resourceVersion").asString()).isEqualTo(before);
    }
}
