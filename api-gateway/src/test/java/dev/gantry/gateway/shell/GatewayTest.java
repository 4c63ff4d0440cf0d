package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway over real TLS, before a state service of a few lines. */
@Timeout(180)
class GatewayTest {
    @TempDir Path folder;

    private RunningGateway gateway;
    private FakeBackend backend;
    private TestPki pki;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
        backend = gateway.backend;
        pki = gateway.pki;
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void servesAdministratorsByTheirCertificate() throws Exception {
        backend.put("/api/v1/namespaces/default/configmaps/a", "{\"kind\":\"ConfigMap\"}");
        var reply = get(admin(), "/api/v1/namespaces/default/configmaps/a");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"kind\":\"ConfigMap\"}");
        assertThat(backend.lastOf("admin").path())
                .isEqualTo("/api/v1/namespaces/default/configmaps/a");
        assertThat(backend.lastOf("admin").caller().groups())
                .containsExactly("system:masters", "system:authenticated");
    }

    @Test
    void eachWarningStandsInAHeaderOfItsOwn() throws Exception {
        backend.headers.put("Warning", "299 - \"one, or\"\n299 - \"two\"");

        var reply = gateway.post(admin(), "/api/v1/namespaces/default/configmaps", "{}");

        assertThat(reply.headers().allValues("Warning"))
                .containsExactly("299 - \"one, or\"", "299 - \"two\"");
    }

    @Test
    void refusesTheUnauthenticatedInTheWordsOfKubernetes() throws Exception {
        var reply = get(pki.clientOf("CN=jane,O=dev"), "/api/v1/namespaces/y/pods");
        assertThat(reply.statusCode()).isEqualTo(403);
        JsonNode status = JsonMapper.shared().readTree(reply.body());
        assertThat(status.path("message").asString())
                .isEqualTo(
                        "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API"
                                + " group \"\" in the namespace \"y\"");
        assertThat(status.path("reason").asString()).isEqualTo("Forbidden");
    }

    @Test
    void listsItsOwnPathsAmongThoseOfTheStateService() throws Exception {
        backend.put("/", "{\"paths\":[\"/api\",\"/openapi/v3\"]}");
        backend.put("/api/v1/namespaces/default", "{\"kind\":\"Namespace\"}");
        Patience.await()
                .untilAsserted(() -> assertThat(get(admin(), "/readyz").body()).isEqualTo("ok"));
        JsonNode index = JsonMapper.shared().readTree(get(admin(), "/").body());
        List<String> paths = new ArrayList<>();
        index.path("paths").forEach(each -> paths.add(each.asString()));
        assertThat(paths)
                .isSorted()
                .startsWith("/api")
                .contains("/openapi/v3", "/metrics", "/version", "/livez", "/livez/ping")
                .contains("/healthz/ping", "/readyz", "/readyz/poststarthook/rbac/bootstrap-roles");
        paths.removeAll(List.of("/api", "/openapi/v3"));
        for (String path : paths) {
            assertThat(get(admin(), path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void tellsItsStatusAndSettingsToThoseWhoMayMonitor() throws Exception {
        gateway.bind("User", "prometheus", "system:monitoring");
        backend.put(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:monitoring",
                """
                {"kind":"ClusterRole","apiVersion":"rbac.authorization.k8s.io/v1",
                 "metadata":{"name":"system:monitoring","resourceVersion":"5"},"rules":%s}
                """
                        .formatted(monitoringRules()));
        gateway.restart();
        SSLContext prometheus = pki.clientOf("CN=prometheus");
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(get(prometheus, "/statusz").body())
                                        .startsWith("\nkube-apiserver statusz\n"));
        assertThat(get(prometheus, "/statusz").body()).contains("/flagz /healthz /livez /metrics");
        assertThat(get(prometheus, "/flagz").body())
                .startsWith("\nkube-apiserver flagz\n")
                .contains("\ngantry.gateway.addresses=127.0.0.1\n", "\ngantry.gateway.port=0\n");
        for (String path : List.of("/statusz", "/flagz")) {
            assertThat(get(pki.anonymousClient(), path).statusCode()).as(path).isEqualTo(403);
            assertThat(get(pki.clientOf("CN=jane"), path).statusCode()).as(path).isEqualTo(403);
        }
    }

    /** Of the role as a new cluster has it. */
    private static JsonNode monitoringRules() {
        return BootstrapPolicy.objects().stream()
                .filter(role -> role.name().equals("system:monitoring"))
                .findFirst()
                .orElseThrow()
                .tree()
                .path("rules");
    }

    @Test
    void tellsForHowLongCertificatesAreGoodAndWhatTheStateServiceCounts() throws Exception {
        backend.put("/metrics", "{\"counted\":1}");
        get(admin(), "/api/v1/pods");
        assertThat(get(admin(), "/metrics").body())
                .contains("{\"counted\":1}")
                .containsPattern(
                        "\napiserver_client_certificate_expiration_seconds_bucket\\{le=\"0\"} 0\n")
                .contains(
                        "\napiserver_client_certificate_expiration_seconds_bucket{le=\"2.592e+06\"}")
                .containsPattern("\napiserver_client_certificate_expiration_seconds_count [2-9]\n")
                .contains("kubernetes_build_info{build_date=")
                .contains("apiserver_current_inflight_requests{request_kind=\"mutating\"} 0\n")
                // The one before may not have ended, and this one not have begun to be counted.
                .containsPattern(
                        "apiserver_current_inflight_requests\\{request_kind=\"readOnly\"} [0-2]\n");
    }

    @Test
    void tellsWhatItCountsItselfWhileTheStateServiceHangs() throws Exception {
        backend.pause = new CountDownLatch(1);
        String text = get(admin(), "/metrics").body();
        backend.pause.countDown();
        assertThat(text)
                .contains("# the state service does not answer\n")
                .contains("\nprocess_resident_memory_bytes ");
    }

    @Test
    void answersUntrustedCertificatesWithUnauthorized() throws Exception {
        SSLContext foreign = pki.client(TestPki.selfSigned("CN=admin,O=system:masters"));
        assertUnauthorized(get(foreign, "/api/v1/pods"));
        SSLContext expired = pki.client(pki.sign("CN=admin", Duration.ofSeconds(-60)));
        assertUnauthorized(get(expired, "/api/v1/pods"));
    }

    @Test
    void takesRequestsWithoutACredentialForAnonymousOnes() throws Exception {
        var reply = get(pki.anonymousClient(), "/api/v1/pods");
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.body()).contains("User \\\"system:anonymous\\\" cannot list");
    }

    @Test
    void neverPassesOnCredentialsOrClaimsOfIdentity() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/api/v1/pods"))
                        .header("X-Remote-User", "root")
                        .header("X-Remote-Group", "system:masters")
                        .header("Cookie", "a=b")
                        .build();
        client(admin()).send(request, BodyHandlers.ofString());
        assertThat(backend.lastOf("admin").headers().keySet())
                .noneMatch(name -> name.startsWith("x-remote-") || name.equals("cookie"));
    }

    @Test
    void passesFramesOnAtOnceAndClosesTheSourceWhenTheClientLeaves() throws Exception {
        HttpResponse<InputStream> reply =
                client(admin())
                        .send(
                                HttpRequest.newBuilder(uri("/api/v1/pods?watch=true")).build(),
                                BodyHandlers.ofInputStream());
        try (InputStream in = reply.body()) {
            for (int i = 0; i < 20; i++) {
                backend.frames.add("{\"type\":\"ADDED\"}\n".getBytes(UTF_8));
                assertThat(new String(in.readNBytes(17), UTF_8))
                        .isEqualTo("{\"type\":\"ADDED\"}\n");
            }
        }
        assertThat(backend.watchClosed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void closesTheSourceOfAClientThatLeftBeforeItsAnswer() throws Exception {
        backend.pause = new CountDownLatch(1);
        String request =
                "GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
        try (var socket =
                admin().getSocketFactory().createSocket("127.0.0.1", gateway.uri("/").getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            Patience.await()
                    .until(
                            () ->
                                    backend.calls.stream()
                                            .anyMatch(call -> call.query().equals("watch=true")));
        }
        backend.pause.countDown();
        assertThat(backend.watchClosed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void refusesBodiesOverTheLimit() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/api/v1/namespaces/default/configmaps"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[(3 << 20) + 1]))
                        .build();
        var reply = client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body()).contains("RequestEntityTooLarge");
    }

    @Test
    void writesPassTheBodyUnchanged() throws Exception {
        String body = "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"}}";
        HttpRequest request =
                HttpRequest.newBuilder(uri("/api/v1/namespaces/default/configmaps"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var reply = client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(new String(backend.lastOf("admin").body(), UTF_8)).isEqualTo(body);
    }

    @Test
    void answersVersionAndProbesToAnybody() throws Exception {
        backend.put("/api/v1/namespaces/default", "{\"kind\":\"Namespace\"}");
        SSLContext nobody = pki.anonymousClient();
        assertThat(get(nobody, "/version").body())
                .startsWith("{\n  \"major\": \"1\",\n")
                .contains("v1.36.0+gantry.0.1.0", "\"minCompatibilityMinor\": \"35\"");
        assertThat(get(nobody, "/livez").body()).isEqualTo("ok");
        Patience.await()
                .untilAsserted(() -> assertThat(get(nobody, "/readyz").body()).isEqualTo("ok"));
        assertThat(get(nobody, "/readyz?verbose").body())
                .startsWith("[+]ping ok\n")
                .endsWith("readyz check passed\n");
        assertThat(get(nobody, "/readyz/ping").statusCode()).isEqualTo(403);
        assertThat(get(admin(), "/readyz/ping").body()).isEqualTo("ok");
        backend.objects.remove("/api/v1/namespaces/default");
        var unwell = get(admin(), "/readyz");
        assertThat(unwell.statusCode()).isEqualTo(500);
        assertThat(unwell.body()).contains("[-]state failed: reason withheld");
    }

    @Test
    void asksTheStateServiceHowItsEncryptionIs() throws Exception {
        assertThat(get(admin(), "/healthz/kms-providers").body()).isEqualTo("ok");
        backend.serving(_ -> new ApiReply.Whole(500, "text/plain", new TreeMap<>(), new byte[0]));
        assertThat(get(admin(), "/healthz/kms-providers").statusCode()).isEqualTo(500);
        assertThat(get(admin(), "/readyz").body()).contains("[-]kms-providers failed");
    }

    @Test
    void storesTheRolesOfANewCluster() {
        String roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles/";
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(backend.objects)
                                        .containsKeys(roles + "cluster-admin", roles + "view"));
    }

    @Test
    void believesTokensOfAccountsThatStillExist() throws Exception {
        String path = "/api/v1/namespaces/apps/serviceaccounts/robot";
        backend.put(path, "{\"kind\":\"ServiceAccount\",\"metadata\":{\"uid\":\"u1\"}}");
        String token = pki.token("apps", "robot", "u1", Instant.now().plusSeconds(600));
        assertThat(withToken(token, "/version").statusCode()).isEqualTo(200);
        assertThat(withToken(token, "/api/v1/pods").body())
                .contains("User \\\"system:serviceaccount:apps:robot\\\" cannot list");
        assertUnauthorized(
                withToken(
                        pki.token("apps", "robot", "u2", Instant.now().plusSeconds(600)),
                        "/version"));
        assertUnauthorized(
                withToken(
                        pki.token("apps", "robot", "u1", Instant.now().minusSeconds(60)),
                        "/version"));
        assertUnauthorized(
                withToken(token.substring(0, token.length() - 8) + "AAAAAAAA", "/version"));
        assertUnauthorized(withToken("rubbish", "/version"));
    }

    @Test
    void letsNodesReadOnlyWhatTheirPodsReferTo() throws Exception {
        backend.put(
                "/api/v1/namespaces/apps/pods/p",
                "{\"spec\":{\"nodeName\":\"n1\",\"volumes\":[{\"secret\":{\"secretName\":\"s\"}}]}}");
        backend.put("/api/v1/namespaces/apps/secrets/s", "{\"kind\":\"Secret\"}");
        SSLContext node = pki.clientOf("CN=system:node:n1,O=system:nodes");
        assertThat(get(node, "/api/v1/namespaces/apps/secrets/s").statusCode()).isEqualTo(200);
        assertThat(get(node, "/api/v1/namespaces/apps/secrets/other").body())
                .contains("no relationship found between node 'n1' and this object");
        assertThat(get(node, "/api/v1/pods").statusCode()).isEqualTo(403);
        assertThat(get(node, "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> withToken(String token, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return client(pki.anonymousClient()).send(request, BodyHandlers.ofString());
    }

    private static void assertUnauthorized(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                                + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}");
    }

    private SSLContext admin() throws Exception {
        return pki.clientOf("CN=admin,O=system:masters");
    }

    private HttpResponse<String> get(SSLContext tls, String path)
            throws IOException, InterruptedException {
        return gateway.get(tls, path);
    }

    private static HttpClient client(SSLContext tls) {
        return RunningGateway.client(tls);
    }

    private URI uri(String path) {
        return gateway.uri(path);
    }
}
