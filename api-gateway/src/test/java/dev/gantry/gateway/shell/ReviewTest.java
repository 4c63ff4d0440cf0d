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

/** Reviews, impersonation, and what writers of roles may grant. */
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
        JsonNode user = JsonMapper.shared().readTree(reply.body()).path("status").path("userInfo");
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
                        "users \\\"admin\\\" is forbidden: User \\\"jane\\\" cannot impersonate resource"
                                + " \\\"users\\\" in API group \\\"\\\" at the cluster scope");
    }

    @Test
    void letsNobodyGrantMoreThanTheyHold() throws Exception {
        grant("rolemaker", "rbac.authorization.k8s.io", "roles");
        String path = RBAC + "namespaces/default/roles";
        String role =
                "{\"kind\":\"Role\",\"metadata\":{\"name\":\"r\",\"namespace\":\"default\"},\"rules\":[{\"verbs\":[\"create\"],\"apiGroups\":[\"%s\"],\"resources\":[\"%s\"]}]}";
        Patience.await()
                .untilAsserted(
                        () -> assertThat(gateway.get(jane(), path).body()).contains("items"));
        var refused = gateway.post(jane(), path, role.formatted("", "secrets"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("is attempting to grant RBAC permissions not currently held");
        assertThat(gateway.backend.objects).doesNotContainKey(path + "/r");
        var granted =
                gateway.post(jane(), path, role.formatted("rbac.authorization.k8s.io", "roles"));
        assertThat(granted.statusCode()).isEqualTo(201);
        assertThat(gateway.backend.objects).containsKey(path + "/r");
    }

    @Test
    void whoWritesTheStatusOfAClaimNeedsTheRightToThatPartOfIt() throws Exception {
        grant("teller", "\"update\"", "resource.k8s.io", "resourceclaims/status");
        String path = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/c";
        String claim =
                "{\"kind\":\"ResourceClaim\",\"metadata\":{\"name\":\"c\",\"namespace\":\"default\",\"resourceVersion\":\"5\"},\"status\":{%s}}";
        gateway.backend.put(path, claim.formatted(""));
        Patience.await()
                .untilAsserted(
                        () ->
                                assertThat(put(path + "/status", claim.formatted("")).statusCode())
                                        .isEqualTo(200));

        var refused = put(path + "/status", claim.formatted("\"allocation\":{\"devices\":{}}"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("changing status.allocation or status.reservedFor");
        assertThat(gateway.backend.objects.get(path + "/status").toString())
                .doesNotContain("allocation");
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return RunningGateway.client(jane()).send(request, BodyHandlers.ofString());
    }

    private void grant(String name, String group, String resource) throws Exception {
        grant(name, "\"create\",\"list\"", group, resource);
    }

    /** Roles are read when the gateway starts, so that this one starts anew. */
    private void grant(String name, String verbs, String group, String resource) throws Exception {
        gateway.backend
                .put(
                        RBAC + "clusterroles/" + name,
                        "{\"kind\":\"ClusterRole\",\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"7\"},\"rules\":[{\"verbs\":[%s],\"apiGroups\":[\"%s\"],\"resources\":[\"%s\"]}]}"
                                .formatted(name, verbs, group, resource))
                .put(
                        RBAC + "clusterrolebindings/" + name,
                        "{\"kind\":\"ClusterRoleBinding\",\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"8\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"%s\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"jane\"}]}"
                                .formatted(name, name));
        gateway.restart();
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
