package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.RoleRef;
import dev.gantry.authorization.Selection;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a write would grant is judged by the webhook that is configured, too. */
@Timeout(180)
class JudgedWritesTest {
    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/team/roles";
    private static final AskedAccess ESCALATE =
            AskedAccess.ofSender(
                    Access.resource(
                            "escalate",
                            new GroupResource(RoleRef.GROUP, "roles"),
                            "",
                            "team",
                            "r"));
    private static final String CHAIRS = "/apis/example.com/v1/namespaces/team/chairs";
    private static final String EXEC = "/api/v1/namespaces/team/pods/p/exec";

    /** As an expression asks {@code authorizer.serviceAccount('team', 'robot').path('/seats')}. */
    private static final AskedAccess SEATS =
            new AskedAccess("system:serviceaccount:team:robot", Access.path("sit", "/seats"));

    private static final String TABLES = "/apis/example.com/v1/namespaces/team/tables";

    /** As an expression asks with {@code fieldSelector} and {@code labelSelector}. */
    private static final AskedAccess PODS =
            AskedAccess.ofSender(
                    Access.resource("list", new GroupResource("", "pods"), "", "", "")
                            .ofAnyVersion(
                                    new Selection(
                                            FieldSelector.parse("spec.nodeName=n1"),
                                            LabelQuery.parse("app=web,size>3"))));

    @TempDir Path folder;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private TestWebhook webhook;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        webhook = new TestWebhook(folder);
        Path kubeconfig = webhook.serve("authorize", this::judge);
        Path configuration =
                Files.writeString(
                        folder.resolve("authorization.yaml"),
                        """
                        apiVersion: apiserver.config.k8s.io/v1
                        kind: AuthorizationConfiguration
                        authorizers:
                        - type: Webhook
                          name: w
                          webhook:
                            timeout: 10s
                            failurePolicy: NoOpinion
                            subjectAccessReviewVersion: v1
                            matchConditionSubjectAccessReviewVersion: v1
                            connectionInfo: {type: KubeConfigFile, kubeConfigFile: %s}
                        """
                                .formatted(kubeconfig));
        gateway =
                new RunningGateway(
                        folder, "--gantry.gateway.authorization-config=" + configuration);
        gateway.backend.serving(JudgedWritesTest::state);
    }

    @AfterEach
    void stop() {
        gateway.close();
        webhook.close();
    }

    @Test
    void theStateServiceIsToldWhatTheWebhookSays() throws Exception {
        assertThat(write("jane").statusCode()).isEqualTo(201);
        assertThat(write("joe").statusCode()).isEqualTo(403);
        assertThat(asked)
                .filteredOn(
                        each ->
                                each.at("/spec/resourceAttributes/verb")
                                        .asString()
                                        .equals("escalate"))
                .hasSize(2)
                .allMatch(each -> each.at("/spec/resourceAttributes/name").asString().equals("r"));
    }

    @Test
    void noClientTellsVerdictsItself() throws Exception {
        String forged =
                Verdicts.NONE
                        .with(ESCALATE, new dev.gantry.authorization.Verdict.Allowed(""))
                        .toText();
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(ROLES))
                        .header("Content-Type", "application/json")
                        .header(ApiCall.VERDICTS, forged)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        HttpResponse<String> reply =
                RunningGateway.client(gateway.pki.clientOf("CN=joe"))
                        .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(403);
    }

    /** Policies may ask anything of any write, and of connections. */
    @Test
    void everyWriteAndEveryConnectionMayBringQuestions() throws Exception {
        var jane = gateway.pki.clientOf("CN=jane");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            HttpRequest request =
                    HttpRequest.newBuilder(gateway.uri(CHAIRS + "/c"))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            var reply =
                    RunningGateway.client(jane).send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(method).isEqualTo(201);
        }
        assertThat(gateway.get(jane, EXEC + "?command=sh").statusCode()).isNotEqualTo(428);
        assertThat(asked)
                .filteredOn(
                        each ->
                                each.at("/spec/nonResourceAttributes/verb")
                                        .asString()
                                        .equals("sit"))
                .as("its answers are kept for a while")
                .isNotEmpty()
                .allMatch(
                        each ->
                                each.at("/spec/user")
                                                .asString()
                                                .equals("system:serviceaccount:team:robot")
                                        && each.at("/spec/groups/1")
                                                .asString()
                                                .equals("system:serviceaccounts:team"));
    }

    @Test
    void theWebhookIsToldOfSelectors() throws Exception {
        assertThat(gateway.post(gateway.pki.clientOf("CN=jane"), TABLES, "{}").statusCode())
                .isEqualTo(201);
        assertThat(asked)
                .extracting(each -> each.at("/spec/resourceAttributes"))
                .filteredOn(each -> each.path("resource").asString("").equals("pods"))
                .containsExactly(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"namespace":"","verb":"list","group":"","version":"*",
                                         "resource":"pods","subresource":"","name":"",
                                         "fieldSelector":{"requirements":[
                                          {"key":"spec.nodeName","operator":"In","values":["n1"]}]},
                                         "labelSelector":{"requirements":[
                                          {"key":"app","operator":"In","values":["web"]}]}}
                                        """));
    }

    private HttpResponse<String> write(String user) throws Exception {
        return gateway.post(gateway.pki.clientOf("CN=" + user), ROLES, "{}");
    }

    /** Asks before it decides, as the state service does with a role that is more than is held. */
    private static ApiReply state(ApiCall call) {
        boolean isOfRoles = call.path().equals(ROLES);
        boolean isOfTables = call.path().equals(TABLES);
        boolean isAsked =
                isOfRoles
                        || isOfTables
                        || call.path().startsWith(CHAIRS)
                        || call.path().equals(EXEC);
        if (!isAsked || call.header(ApiCall.VERDICTS).isEmpty()) {
            return whole(404, "{\"kind\":\"Status\",\"code\":404}");
        }
        AskedAccess question = isOfRoles ? ESCALATE : isOfTables ? PODS : SEATS;
        Verdicts told = Verdicts.of(call.header(ApiCall.VERDICTS));
        if (told.find(question).isEmpty()) {
            var headers = new TreeMap<String, String>();
            headers.put(ApiReply.ASKED_ACCESS, Verdicts.questions(List.of(question)));
            return new ApiReply.Whole(428, "application/json", headers, new byte[0]);
        }
        return whole(told.find(question).get().isAllowed() ? 201 : 403, "{}");
    }

    private static ApiReply whole(int code, String body) {
        return new ApiReply.Whole(code, "application/json", new TreeMap<>(), body.getBytes(UTF_8));
    }

    private void judge(HttpExchange exchange) throws IOException {
        JsonNode review = TestWebhook.read(exchange);
        asked.add(review);
        boolean isEscalation =
                review.at("/spec/resourceAttributes/verb").asString("").equals("escalate");
        boolean isJane = review.at("/spec/user").asString("").equals("jane");
        var reply = JsonMapper.shared().createObjectNode().put("kind", "SubjectAccessReview");
        reply.putObject("status").put("allowed", isJane || !isEscalation);
        TestWebhook.send(exchange, 200, reply.toString());
    }
}
