package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.testkit.Patience;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1Authorization.ExtraValue;
import io.kubernetes.client.proto.V1Authorization.ResourceAttributes;
import io.kubernetes.client.proto.V1Authorization.SubjectAccessReview;
import io.kubernetes.client.proto.V1Authorization.SubjectAccessReviewSpec;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reviews and impersonation. */
@Timeout(180)
class ReviewTest {
    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

    @TempDir Path folder;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
        Patience.await()
                .until(
                        () ->
                                gateway.backend.objects.containsKey(
                                        RBAC + "clusterrolebindings/cluster-admin"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void tellsCallersWhatTheyMay() throws Exception {
        String body =
                "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\",\"namespace\":\"a\"}}}";
        assertThat(allowed(jane(), "selfsubjectaccessreviews", body)).isFalse();
        assertThat(allowed(gateway.admin(), "selfsubjectaccessreviews", body)).isTrue();
        String path =
                "{\"spec\":{\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/apis\"}}}";
        assertThat(allowed(jane(), "selfsubjectaccessreviews", path)).isTrue();
    }

    @Test
    void readsProtobufAsTypedClientsSendIt() throws Exception {
        var review =
                SubjectAccessReview.newBuilder()
                        .setSpec(
                                SubjectAccessReviewSpec.newBuilder()
                                        .setUser("system:kube-scheduler")
                                        .addGroups("system:authenticated")
                                        .putExtra(
                                                "k", ExtraValue.newBuilder().addItems("v").build())
                                        .setResourceAttributes(
                                                ResourceAttributes.newBuilder()
                                                        .setVerb("list")
                                                        .setResource("pods")));
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(AUTHORIZATION + "subjectaccessreviews"))
                        .header("Content-Type", "application/vnd.kubernetes.protobuf")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        enveloped(
                                                "SubjectAccessReview",
                                                review.build().toByteString())))
                        .build();
        var reply = RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofString());
        JsonNode tree = JsonMapper.shared().readTree(reply.body());
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(tree.path("status").path("allowed").asBoolean()).isTrue();
        assertThat(tree.path("status").path("reason").asString())
                .contains("ClusterRoleBinding \"system:kube-scheduler\"");
        assertThat(tree.path("spec").path("extra").path("k").path(0).asString()).isEqualTo("v");
    }

    @Test
    void isNoRowOfATable() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(AUTHORIZATION + "selfsubjectaccessreviews"))
                        .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        var reply = RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(406);
        assertThat(reply.body()).contains("NotAcceptable");
    }

    @Test
    void listsTheRulesOfACaller() throws Exception {
        var reply =
                gateway.post(
                        jane(),
                        AUTHORIZATION + "selfsubjectrulesreviews",
                        "{\"spec\":{\"namespace\":\"default\"}}");
        JsonNode status = JsonMapper.shared().readTree(reply.body()).path("status");
        assertThat(status.path("incomplete").asBoolean(true)).isFalse();
        assertThat(status.path("resourceRules").toString()).contains("selfsubjectreviews");
        assertThat(status.path("nonResourceRules").toString()).contains("/openapi/*");
    }

    @Test
    void saysWhoACallerIs() throws Exception {
        var reply = gateway.post(jane(), "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        JsonNode review = JsonMapper.shared().readTree(reply.body());
        assertThat(review.at("/metadata/creationTimestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        JsonNode user = review.path("status").path("userInfo");
        assertThat(user.path("username").asString()).isEqualTo("jane");
        assertThat(user.path("groups").toString()).isEqualTo("[\"dev\",\"system:authenticated\"]");
    }

    @Test
    void reviewsTokens() throws Exception {
        gateway.backend.put(
                "/api/v1/namespaces/apps/serviceaccounts/robot", "{\"metadata\":{\"uid\":\"u1\"}}");
        String token = gateway.pki.token("apps", "robot", "u1", Instant.now().plusSeconds(60));
        String path = "/apis/authentication.k8s.io/v1/tokenreviews";
        var good = gateway.post(gateway.admin(), path, "{\"spec\":{\"token\":\"" + token + "\"}}");
        assertThat(good.body())
                .contains("\"authenticated\":true")
                .contains("system:serviceaccount:apps:robot");
        var bad = gateway.post(gateway.admin(), path, "{\"spec\":{\"token\":\"x\"}}");
        assertThat(bad.body())
                .contains("invalid bearer token")
                .doesNotContain("authenticated\":true");
        var none = gateway.post(gateway.admin(), path, "{\"spec\":{}}");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("token is required for TokenReview in authentication");
    }

    @Test
    void refusesReviewsThatAskNothing() throws Exception {
        var reply =
                gateway.post(
                        gateway.admin(),
                        AUTHORIZATION + "subjectaccessreviews",
                        "{\"spec\":{\"user\":\"x\"}}");
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body())
                .contains("exactly one of nonResourceAttributes or resourceAttributes");
        assertThat(
                        gateway.get(gateway.admin(), AUTHORIZATION + "subjectaccessreviews")
                                .statusCode())
                .isEqualTo(405);
    }

    @Test
    void impersonatesOnlyWithPermission() throws Exception {
        assertThat(as("jane", gateway.admin()).body()).contains("User \\\"jane\\\" cannot list");
        assertThat(as("admin", jane()).body())
                .contains(
                        "pods is forbidden: User \\\"jane\\\" cannot impersonate-on:user-info:list"
                                + " resource \\\"pods\\\" in API group \\\"\\\" at the cluster scope");
    }

    private SSLContext jane() throws Exception {
        return gateway.pki.clientOf("CN=jane,O=dev");
    }

    private HttpResponse<String> as(String user, SSLContext tls) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri("/api/v1/pods"))
                        .header("Impersonate-User", user)
                        .build();
        return RunningGateway.client(tls).send(request, BodyHandlers.ofString());
    }

    private boolean allowed(SSLContext tls, String plural, String body) throws Exception {
        var reply = gateway.post(tls, AUTHORIZATION + plural, body);
        assertThat(reply.statusCode()).isEqualTo(201);
        return JsonMapper.shared()
                .readTree(reply.body())
                .path("status")
                .path("allowed")
                .asBoolean();
    }

    private static byte[] enveloped(String kind, ByteString raw) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(
                Unknown.newBuilder()
                        .setTypeMeta(
                                TypeMeta.newBuilder()
                                        .setApiVersion("authorization.k8s.io/v1")
                                        .setKind(kind))
                        .setRaw(raw)
                        .build()
                        .toByteArray());
        return out.toByteArray();
    }
}
