package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private TestWebhook server;
    private Path authorizer;
    private Path tokens;
    private RunningGateway gateway;
    private String reviewVersion = "v1";

    @BeforeEach
    void start() throws Exception {
        server = new TestWebhook(folder);
        authorizer = server.serve("authorize", this::answer);
        tokens = server.serve("authenticate", this::authenticate);
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
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
    void itHearsOfWhatIsSelected() throws Exception {
        open("Webhook", "NoOpinion", "");
        String maps = "/api/v1/namespaces/team/configmaps";
        String selectors =
                "?labelSelector=tier+in+(b,a),app%3Dweb,!old,n%3E1&fieldSelector=metadata.name!%3Dx";
        gateway.get(gateway.pki.clientOf("CN=jane"), maps + selectors);
        gateway.get(gateway.pki.clientOf("CN=jane"), MAPS + selectors);

        JsonNode ofList = asked.getFirst().at("/spec/resourceAttributes");
        assertThat(ofList.path("labelSelector").toString())
                .isEqualTo(
                        "{\"requirements\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"web\"]},"
                                + "{\"key\":\"old\",\"operator\":\"DoesNotExist\"},"
                                + "{\"key\":\"tier\",\"operator\":\"In\",\"values\":[\"a\",\"b\"]}]}");
        assertThat(ofList.path("fieldSelector").toString())
                .isEqualTo(
                        "{\"requirements\":[{\"key\":\"metadata.name\",\"operator\":\"NotIn\",\"values\":[\"x\"]}]}");
        JsonNode ofOne = asked.getLast().at("/spec/resourceAttributes");
        assertThat(ofOne.has("labelSelector") || ofOne.has("fieldSelector")).isFalse();
    }

    @Test
    void itsConditionsMayAskForWhatIsSelected() throws Exception {
        open(
                "Webhook",
                "Deny",
                "has(request.resourceAttributes.labelSelector) &&"
                        + " request.resourceAttributes.labelSelector.requirements[0].key == 'app'");
        String maps = "/api/v1/namespaces/team/configmaps";
        gateway.get(gateway.pki.clientOf("CN=jane"), maps);
        assertThat(asked).isEmpty();
        gateway.get(gateway.pki.clientOf("CN=jane"), maps + "?labelSelector=app");
        assertThat(asked).hasSize(1);
    }

    @Test
    void theFormerFormOfReviewsIsSpokenWhereItIsConfigured() throws Exception {
        reviewVersion = "v1beta1";
        open("Webhook", "NoOpinion", "");
        String maps = "/api/v1/namespaces/team/configmaps";
        HttpResponse<String> reply =
                gateway.get(gateway.pki.clientOf("CN=jane,O=dev"), maps + "?labelSelector=app");

        assertThat(reply.statusCode()).isNotEqualTo(403);
        JsonNode review = asked.getFirst();
        assertThat(review.path("apiVersion").asString()).isEqualTo("authorization.k8s.io/v1beta1");
        assertThat(review.at("/spec/group").toString()).contains("dev");
        assertThat(review.path("spec").has("groups")).isFalse();
        assertThat(review.at("/spec/resourceAttributes").has("labelSelector")).isFalse();
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
        server.close();
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
        server.close();
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
        JsonNode review = TestWebhook.read(exchange);
        asked.add(review);
        boolean isJanes = review.at("/spec/token").asString("").equals("janes");
        TestWebhook.send(
                exchange,
                200,
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
                webhook.put("subjectAccessReviewVersion", reviewVersion);
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
        JsonNode review = TestWebhook.read(exchange);
        asked.add(review);
        String user = review.at("/spec/user").asString("");
        var status = JsonMapper.shared().createObjectNode();
        status.put("allowed", user.equals("jane") && ("Bearer " + TestWebhook.TOKEN).equals(shown));
        status.put("denied", user.equals("joe")).put("reason", "I know no " + user);
        var reply = JsonMapper.shared().createObjectNode().put("kind", "SubjectAccessReview");
        reply.set("status", status);
        TestWebhook.send(exchange, 200, reply.toString());
    }
}
