package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Webhooks that answer reviews. The one among the authorizers allows jane, denies joe, and knows
 * nobody else; the one of tokens knows that of jane.
 */
@Timeout(180)
class ReviewWebhooksTest {
    private static final String MAPS = "/api/v1/namespaces/team/configmaps/a";

    @TempDir Path folder;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private Path authorizer;
    private Path tokens;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        TestPki pki = new TestPki(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(pki.client(pki.sign("CN=hook", Duration.ofHours(1)))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/authorize", this::answer);
        server.createContext("/authenticate", this::authenticate);
        server.start();
        authorizer = kubeconfig("authorize");
        tokens = kubeconfig("authenticate");
    }

    private Path kubeconfig(String path) throws IOException {
        byte[] authority = Files.readAllBytes(folder.resolve("ca.crt"));
        return Files.writeString(
                folder.resolve(path + ".kubeconfig"),
                """
                {"current-context": "c",
                 "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                 "users": [{"name": "u", "user": {"token": "let-me-ask"}}],
                 "clusters": [{"name": "c", "cluster": {
                    "server": "https://127.0.0.1:%d/%s",
                    "certificate-authority-data": "%s"}}]}
                """
                        .formatted(
                                server.getAddress().getPort(),
                                path,
                                Base64.getEncoder().encodeToString(authority)));
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.stop(0);
    }

    @Test
    void itsAnswersCountAndAreKept() throws Exception {
        open("Webhook,RBAC", "NoOpinion", "");
        SSLContext jane = gateway.pki.clientOf("CN=jane");
        assertThat(gateway.get(jane, MAPS).statusCode()).isEqualTo(200);
        JsonNode spec = asked.getFirst().path("spec");
        assertThat(spec.path("user").asString()).isEqualTo("jane");
        assertThat(spec.at("/resourceAttributes/resource").asString()).isEqualTo("configmaps");
        assertThat(spec.at("/resourceAttributes/verb").asString()).isEqualTo("get");
        assertThat(gateway.get(jane, MAPS).statusCode()).isEqualTo(200);
        assertThat(asked).hasSize(1);

        HttpResponse<String> none = get("nobody");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).contains("I know no nobody");
    }

    @Test
    void theOrderDecides() throws Exception {
        open("Webhook,RBAC", "NoOpinion", "");
        gateway.grant("User", "joe", "configmaps", "get");
        gateway.restart();
        assertThat(get("joe").statusCode()).isEqualTo(403);
        gateway.close();
        open("RBAC,Webhook", "NoOpinion", "");
        gateway.grant("User", "joe", "configmaps", "get");
        gateway.restart();
        assertThat(get("joe").statusCode()).isEqualTo(200);
    }

    @Test
    void administratorsAreNotAskedAbout() throws Exception {
        open("Webhook", "Deny", "");
        assertThat(gateway.get(gateway.admin(), MAPS).statusCode()).isEqualTo(200);
        assertThat(asked).isEmpty();
    }

    @Test
    void itIsAskedOnlyWhereItsConditionsHold() throws Exception {
        open("Webhook", "Deny", "request.user == 'jane' && request.resourceAttributes.name == 'a'");
        assertThat(get("jane").statusCode()).isEqualTo(200);
        assertThat(get("jim").statusCode()).isEqualTo(403);
        assertThat(asked).hasSize(1);
    }

    @Test
    void withoutAnAnswerThePolicyOfFailureDecides() throws Exception {
        server.stop(0);
        open("Webhook,AlwaysAllow", "Deny", "");
        assertThat(get("jane").statusCode()).isEqualTo(403);
        gateway.close();
        open("Webhook,AlwaysAllow", "NoOpinion", "");
        assertThat(get("jane").statusCode()).isEqualTo(200);
    }

    @Test
    void rulesAreNotWhollyKnown() throws Exception {
        open("RBAC,Webhook", "NoOpinion", "");
        HttpResponse<String> reply =
                gateway.post(
                        gateway.admin(),
                        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                        "{\"spec\":{\"namespace\":\"team\"}}");
        JsonNode status = JsonMapper.shared().readTree(reply.body()).path("status");
        assertThat(status.path("incomplete").asBoolean()).isTrue();
        assertThat(status.path("resourceRules").isEmpty()).isFalse();
    }

    @Test
    void aWebhookOfTokensSaysWhoseTheyAre() throws Exception {
        gateway =
                new RunningGateway(
                        folder, "--gantry.gateway.authentication-token-webhook-config=" + tokens);
        assertThat(withToken("janes")).contains("\"username\":\"jane\"", "\"dev\"");
        assertThat(withToken("janes")).contains("system:authenticated");
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().at("/spec/audiences/0").asString())
                .isEqualTo("https://kubernetes.default.svc.cluster.local");
        assertThat(withToken("joes")).contains("Unauthorized");
        server.stop(0);
        assertThat(withToken("anns")).contains("Unauthorized");
    }

    private String withToken(String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                gateway.uri("/apis/authentication.k8s.io/v1/selfsubjectreviews"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        return RunningGateway.client(gateway.pki.anonymousClient())
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void authenticate(HttpExchange exchange) throws IOException {
        JsonNode review = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        asked.add(review);
        boolean isJanes = review.at("/spec/token").asString("").equals("janes");
        send(
                exchange,
                isJanes
                        ? "{\"status\":{\"authenticated\":true,\"user\":"
                                + "{\"username\":\"jane\",\"groups\":[\"dev\"]}}}"
                        : "{\"status\":{\"authenticated\":false}}");
    }

    private void open(String types, String failurePolicy, String condition) throws Exception {
        var file = JsonMapper.shared().createObjectNode();
        file.put("apiVersion", "apiserver.config.k8s.io/v1");
        file.put("kind", "AuthorizationConfiguration");
        var authorizers = file.putArray("authorizers");
        for (String type : types.split(",")) {
            var one = authorizers.addObject().put("type", type).put("name", "a" + type.length());
            if (type.equals("Webhook")) {
                var webhook = one.putObject("webhook");
                webhook.put("timeout", "10s").put("failurePolicy", failurePolicy);
                webhook.put("subjectAccessReviewVersion", "v1");
                webhook.put("matchConditionSubjectAccessReviewVersion", "v1");
                webhook.putObject("connectionInfo")
                        .put("type", "KubeConfigFile")
                        .put("kubeConfigFile", authorizer.toString());
                if (!condition.isEmpty()) {
                    webhook.putArray("matchConditions").addObject().put("expression", condition);
                }
            }
        }
        Path path = Files.writeString(folder.resolve("authorization.yaml"), file.toString());
        gateway = new RunningGateway(folder, "--gantry.gateway.authorization-config=" + path);
        gateway.backend.put(MAPS, "{\"kind\":\"ConfigMap\"}");
    }

    private HttpResponse<String> get(String user) throws Exception {
        return gateway.get(gateway.pki.clientOf("CN=" + user), MAPS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        JsonNode review = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        asked.add(review);
        String user = review.at("/spec/user").asString("");
        var status = JsonMapper.shared().createObjectNode();
        status.put("allowed", user.equals("jane") && "Bearer let-me-ask".equals(shown));
        status.put("denied", user.equals("joe")).put("reason", "I know no " + user);
        var reply = JsonMapper.shared().createObjectNode().put("kind", "SubjectAccessReview");
        reply.set("status", status);
        send(exchange, reply.toString());
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
