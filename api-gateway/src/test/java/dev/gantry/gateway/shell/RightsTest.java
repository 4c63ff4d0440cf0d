package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights that must not reach further than they say. */
@Timeout(180)
class RightsTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final String PROXY = "/api/v1/nodes/n1/proxy";
    private static final String THEN = "/asof/5/api/v1/namespaces/team";
    private static final String TODAY = "/api/v1/namespaces/team";

    @TempDir static Path folder;

    private static RunningGateway gateway;
    private static FakeAgent agent;

    /** One for all: roles are read when it starts, and no test changes them. */
    @BeforeAll
    static void start() throws Exception {
        gateway = new RunningGateway(folder);
        agent = gateway.agentOfNode();
        gateway.grant("User", "reader", "nodes/proxy", "get")
                .grant("User", "prober", "nodes/stats", "get")
                .grant("User", "historian", "configmaps", "get,list");
        gateway.backend
                .put(
                        RBAC + "/rolebindings/member",
                        "{\"metadata\":{\"name\":\"member\",\"namespace\":\"team\"},\"subjects\":["
                                + subject("member")
                                + "],\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"historian\"}}")
                .put(TODAY, "{\"metadata\":{\"name\":\"team\",\"uid\":\"new\"}}")
                .put(TODAY + "/configmaps/c", "{\"kind\":\"ConfigMap\"}")
                .put(THEN + "/configmaps/c", "{\"kind\":\"ConfigMap\"}");
        gateway.restart();
        Patience.await().until(() -> get("historian", TODAY + "/configmaps/c").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        agent.asked.clear();
        gateway.backend.objects.remove(THEN);
    }

    @Test
    void readingThroughANodesProxyIsNotTalkingThroughIt() throws Exception {
        assertThat(get("reader", PROXY + "/stats/summary").statusCode()).isEqualTo(200);
        assertThat(upgraded("reader", PROXY + "/exec/a/p/c?command=sh&stdout=true")).isEqualTo(403);
        HttpResponse<String> posted =
                gateway.post(clientOf("reader"), PROXY + "/run/a/p/c", "cmd=sh");
        assertThat(posted.statusCode()).isEqualTo(403);
        assertThat(agent.asked).containsExactly("/stats/summary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/pods",
                "/exec/a/p/c?command=sh",
                "/stats/../pods",
                "/stats/%2e%2e/pods",
                "//stats/summary"
            })
    void lesserRightToANodeOpensNothingElse(String path) throws Exception {
        assertThat(get("prober", PROXY + "/stats/summary").statusCode()).isEqualTo(200);
        agent.asked.clear();
        assertThat(get("prober", PROXY + path).statusCode()).isEqualTo(403);
        assertThat(upgraded("prober", PROXY + "/stats/summary")).isEqualTo(403);
        assertThat(agent.asked).isEmpty();
    }

    @Test
    void rightInANamespaceIsNoneInAFormerOneOfItsName() throws Exception {
        assertThat(get("member", TODAY + "/configmaps/c").statusCode()).isEqualTo(200);

        HttpResponse<String> none = get("member", THEN + "/configmaps/c");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).contains("was not the one of today then");

        gateway.backend.put(THEN, "{\"metadata\":{\"name\":\"team\",\"uid\":\"old\"}}");
        assertThat(get("member", THEN + "/configmaps/c").statusCode()).isEqualTo(403);
        assertThat(get("member", THEN + "/configmaps").statusCode()).isEqualTo(403);

        gateway.backend.put(THEN, "{\"metadata\":{\"name\":\"team\",\"uid\":\"new\"}}");
        assertThat(get("member", THEN + "/configmaps/c").statusCode()).isEqualTo(200);
    }

    @Test
    void whoReadsEveryNamespaceReadsFormerOnesToo() throws Exception {
        gateway.backend.put(THEN, "{\"metadata\":{\"name\":\"team\",\"uid\":\"old\"}}");
        assertThat(get("historian", THEN + "/configmaps/c").statusCode()).isEqualTo(200);
        assertThat(gateway.get(gateway.admin(), THEN + "/configmaps/c").statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokenOfANodeEndsWithThatNode() throws Exception {
        gateway.backend.put(
                "/api/v1/namespaces/apps/serviceaccounts/robot",
                "{\"kind\":\"ServiceAccount\",\"metadata\":{\"uid\":\"u1\"}}");
        Map<String, String> node = Map.of("name", "n9", "uid", "u9");
        Map<String, String> pod = Map.of("name", "p", "uid", "up");
        String ofNode = token(Map.of("node", node));
        String ofPod = token(Map.of("node", node, "pod", pod));
        assertThat(withToken(ofNode)).isEqualTo(401);
        assertThat(withToken(ofPod)).isEqualTo(401);

        gateway.backend.put("/api/v1/namespaces/apps/pods/p", "{\"metadata\":{\"uid\":\"up\"}}");
        assertThat(withToken(ofPod)).isEqualTo(200);

        gateway.backend.put("/api/v1/nodes/n9", "{\"metadata\":{\"uid\":\"another\"}}");
        assertThat(withToken(ofNode)).isEqualTo(401);
        gateway.backend.put("/api/v1/nodes/n9", "{\"metadata\":{\"uid\":\"u9\"}}");
        assertThat(withToken(ofNode)).isEqualTo(200);
    }

    @Test
    void bootstrapTokenLetsAMachineInAsLongAsItsSecretIsThere() throws Exception {
        String path = "/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef";
        String token = "abcdef.0123456789abcdef";
        assertThat(withToken(token)).isEqualTo(401);
        gateway.backend.put(
                path,
                """
                {"type": "bootstrap.kubernetes.io/token",
                 "data": {"token-id": "YWJjZGVm", "token-secret": "MDEyMzQ1Njc4OWFiY2RlZg==",
                          "usage-bootstrap-authentication": "dHJ1ZQ=="}}
                """);
        assertThat(withToken(token)).isEqualTo(200);
        assertThat(withToken("abcdef.0123456789abcdee")).isEqualTo(401);
        gateway.backend.objects.remove(path);
        assertThat(withToken(token)).isEqualTo(401);
    }

    private String token(Map<String, Map<String, String>> bound) throws Exception {
        Instant expires = Instant.now().plusSeconds(600);
        return gateway.pki.token("apps", "robot", "u1", expires, bound);
    }

    private int withToken(String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri("/version"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return RunningGateway.client(gateway.pki.anonymousClient())
                .send(request, BodyHandlers.ofString())
                .statusCode();
    }

    /** What the server said instead of opening a WebSocket. */
    private int upgraded(String user, String path) throws Exception {
        URI uri = gateway.webSocketUri(path);
        try {
            RunningGateway.client(clientOf(user))
                    .newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {})
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .abort();
            return 101;
        } catch (ExecutionException refused) {
            return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
        }
    }

    private static HttpResponse<String> get(String user, String path) throws Exception {
        return gateway.get(clientOf(user), path);
    }

    private static SSLContext clientOf(String user) throws Exception {
        return gateway.pki.clientOf("CN=" + user);
    }

    private static String subject(String user) {
        return "{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"%s\"}"
                .formatted(user);
    }
}
