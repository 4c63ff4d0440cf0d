package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.gantry.testkit.Patience;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of an OpenID Connect issuer that the operator has configured. */
@Timeout(180)
class IssuerTest {
    private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String PLAIN =
            """
            {"claimMappings": {"username": {"claim": "sub", "prefix": "oidc:"},
                               "groups": {"claim": "groups", "prefix": "oidc:"}}}
            """;

    @TempDir Path folder;
    private Path configuration;
    private RunningGateway gateway;
    private TestIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        configuration = folder.resolve("authentication.yaml");
        issuer = new TestIssuer(new TestPki(folder));
        configure(PLAIN);
    }

    /** The authority of the issuer's certificate is an earlier one than the gateway's. */
    private void open() throws Exception {
        gateway =
                new RunningGateway(
                        folder, "--gantry.gateway.authentication-config=" + configuration);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        issuer.close();
    }

    @Test
    void tokensAreWhoTheirClaimsSay() throws Exception {
        open();
        JsonNode user = user(issuer.token(Map.of("sub", "jane", "groups", List.of("dev", "ops"))));
        assertThat(user.path("username").asString()).isEqualTo("oidc:jane");
        assertThat(texts(user.path("groups")))
                .containsExactly("oidc:dev", "oidc:ops", "system:authenticated");
        assertThat(user(issuer.token(Map.of("sub", "joe", "groups", "dev"))).path("groups"))
                .hasSize(2);
    }

    @Test
    void reviewsKnowThemToo() throws Exception {
        open();
        String token = issuer.token(Map.of("sub", "jane"));
        var reply =
                gateway.post(
                        gateway.admin(),
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        "{\"spec\":{\"token\":\"" + token + "\"}}");
        JsonNode status = JsonMapper.shared().readTree(reply.body()).path("status");
        assertThat(status.path("authenticated").asBoolean()).isTrue();
        assertThat(status.path("user").path("username").asString()).isEqualTo("oidc:jane");
        assertThat(texts(status.path("audiences")))
                .containsExactly("https://kubernetes.default.svc.cluster.local");
    }

    @Test
    void whatIsWrongWithATokenIsNotTold() throws Exception {
        open();
        long past = Instant.now().minusSeconds(5).getEpochSecond();
        long later = Instant.now().plusSeconds(600).getEpochSecond();
        refused(issuer.token(Map.of("sub", "jane", "aud", "others")));
        refused(issuer.token(Map.of("sub", "jane", "exp", past)));
        refused(issuer.token(Map.of("sub", "jane", "exp", "soon")));
        refused(issuer.token(Map.of("sub", "jane", "nbf", later)));
        refused(issuer.token(Map.of("sub", "jane", "iss", issuer.url() + "/")));
        refused(issuer.token(Map.of("name", "jane")));
        refused(issuer.token(Map.of("sub", 7)));
        refused(issuer.token(Map.of("sub", "jane", "groups", List.of(7))));
        refused(issuer.forged(Map.of("sub", "jane")));
    }

    @Test
    void noTokenIsCheckedWithASecretOrNotAtAll() throws Exception {
        open();
        String claims =
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of(
                                        "iss",
                                        issuer.url(),
                                        "sub",
                                        "jane",
                                        "aud",
                                        "gantry",
                                        "exp",
                                        Instant.now().plusSeconds(60).getEpochSecond()));
        var unsigned = Base64.getUrlEncoder().withoutPadding();
        refused(
                unsigned.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                        + "."
                        + unsigned.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".");
        var secret = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
        secret.sign(new MACSigner(new byte[32]));
        refused(secret.serialize());
    }

    @Test
    void aNewKeyIsReadWhenItIsSeen() throws Exception {
        open();
        String old = issuer.token(Map.of("sub", "jane"));
        user(old);
        user(issuer.token(Map.of("sub", "joe")));
        assertThat(issuer.keyReads).hasValue(1);

        issuer.rotate();
        assertThat(user(issuer.token(Map.of("sub", "ann"))).path("username").asString())
                .isEqualTo("oidc:ann");
        assertThat(issuer.keyReads).hasValue(2);
    }

    @Test
    void expressionsMapAndJudge() throws Exception {
        configure(
                """
                {"claimValidationRules": [
                   {"claim": "tenant", "requiredValue": "acme"},
                   {"expression": "claims.level > 1", "message": "level is too low"}],
                 "claimMappings": {
                   "username": {"expression": "'acme-' + claims.sub"},
                   "groups": {"expression": "claims.roles.split(',')"},
                   "uid": {"claim": "oid"},
                   "extra": [{"key": "acme.example/level",
                              "valueExpression": "string(claims.level)"}]},
                 "userValidationRules": [
                   {"expression": "!user.groups.exists(g, g.startsWith('system:'))"}]}
                """);
        open();
        Map<String, Object> good =
                Map.of("sub", "jane", "tenant", "acme", "level", 2, "roles", "a,b", "oid", "42");
        JsonNode user = user(issuer.token(good));
        assertThat(user.path("username").asString()).isEqualTo("acme-jane");
        assertThat(user.path("uid").asString()).isEqualTo("42");
        assertThat(texts(user.path("groups"))).containsExactly("a", "b", "system:authenticated");
        assertThat(texts(user.path("extra").path("acme.example/level"))).containsExactly("2");

        refused(issuer.token(with(good, "tenant", "other")));
        refused(issuer.token(with(good, "level", 1)));
        refused(issuer.token(with(good, "roles", "system:masters")));
        refused(issuer.token(with(good, "roles", 7)));
    }

    @Test
    void anotherConfigurationCountsWithoutARestartAndAWrongOneDoesNot() throws Exception {
        open();
        user(issuer.token(Map.of("sub", "jane")));
        Files.writeString(configuration, "kind: AuthenticationConfiguration\nnonsense: true\n");
        assertThat(user(issuer.token(Map.of("sub", "ann"))).path("username").asString())
                .isEqualTo("oidc:ann");
        configure(PLAIN.replace("oidc:", "corp:"));
        await().atMost(Patience.LIMIT)
                .until(
                        () ->
                                user(issuer.token(Map.of("sub", "joe")))
                                        .path("username")
                                        .asString()
                                        .equals("corp:joe"));
    }

    @Test
    void anonymousRequestsAreOnlyForPathsThatAreNamed() throws Exception {
        ObjectNode file = issuer.configuration(PLAIN);
        ObjectNode anonymous = file.putObject("anonymous").put("enabled", true);
        anonymous.putArray("conditions").addObject().put("path", "/livez");
        Files.writeString(configuration, file.toString());
        open();
        var nobody = gateway.pki.anonymousClient();
        assertThat(gateway.get(nobody, "/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.get(nobody, "/livez/ping").statusCode()).isEqualTo(401);
        assertThat(gateway.get(nobody, "/version").statusCode()).isEqualTo(401);
        assertThat(gateway.get(gateway.admin(), "/version").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotStartWithAWrongConfiguration() throws Exception {
        configure("{\"claimMappings\": {\"username\": {\"expression\": \"claims.\"}}}");
        assertThatThrownBy(this::open)
                .rootCause()
                .hasMessageContaining("jwt[0].claimMappings.username.expression")
                .hasMessageContaining("compilation failed");
    }

    private void configure(String jwt) throws Exception {
        Files.writeString(configuration, issuer.configuration(jwt).toString());
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        var other = new java.util.TreeMap<>(claims);
        other.put(name, value);
        return other;
    }

    private JsonNode user(String token) throws Exception {
        HttpResponse<String> reply = review(token);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(reply.body()).path("status").path("userInfo");
    }

    private void refused(String token) throws Exception {
        HttpResponse<String> reply = review(token);
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(JsonMapper.shared().readTree(reply.body()).path("message").asString())
                .isEqualTo("Unauthorized");
    }

    private HttpResponse<String> review(String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(SELF))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        return RunningGateway.client(gateway.pki.anonymousClient())
                .send(request, BodyHandlers.ofString());
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }
}
