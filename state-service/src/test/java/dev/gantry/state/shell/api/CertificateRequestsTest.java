package dev.gantry.state.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kinds;
import dev.gantry.state.kind.Transcript;
import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Who may write approvals still needs the right to the signer. */
class CertificateRequestsTest {
    private static final String REQUESTS =
            "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final Caller JANE = TestApi.caller("jane", "dev", "system:authenticated");
    private static final String APPROVED =
            "{\"status\":{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"R\"}]}}";
    private static final String FAILED =
            "{\"status\":{\"conditions\":[{\"type\":\"Failed\",\"status\":\"True\",\"reason\":\"R\"}]}}";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        ObjectNode body = Transcript.of(Kinds.CERTIFICATE_SIGNING_REQUEST).base();
        ((ObjectNode) body.path("spec")).put("signerName", "example.com/signer");
        Answer made = api.post(REQUESTS, body.toString());
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    @Test
    void nobodyApprovesForASignerThatIsNotTheirs() {
        Answer refused = asJane("approval", APPROVED);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "certificatesigningrequests.certificates.k8s.io \"bob\" is forbidden: user"
                                + " not permitted to approve requests with signerName"
                                + " \"example.com/signer\"");
        assertThat(api.get(REQUESTS + "/bob").at("/status").has("conditions")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com/signer", "example.com/*"})
    void theSignerOrItsDomainIsEnough(String name) {
        grant("approve", name);
        assertThat(asJane("status", FAILED).message()).contains("not permitted to sign requests");
        assertThat(asJane("approval", APPROVED).code()).isEqualTo(200);
        assertThat(asJane("status", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").code())
                .isEqualTo(200);
    }

    @Test
    void whoSignsNeedsNoRightToApprove() {
        grant("sign", "example.com/signer");
        assertThat(asJane("approval", APPROVED).code()).isEqualTo(403);
        assertThat(asJane("status", FAILED).code()).isEqualTo(200);
    }

    private void grant(String verb, String signer) {
        String role =
                "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"verbs\":[\"%s\"],\"apiGroups\":[\"certificates.k8s.io\"],\"resources\":[\"signers\"],\"resourceNames\":[\"%s\"]}]}";
        assertThat(api.post(RBAC + "/clusterroles", role.formatted(verb, signer)).code())
                .isEqualTo(201);
        String binding =
                "{\"metadata\":{\"name\":\"r\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"jane\"}]}";
        assertThat(api.post(RBAC + "/clusterrolebindings", binding).code()).isEqualTo(201);
    }

    private Answer asJane(String subresource, String patch) {
        return api.ask(
                JANE,
                "PATCH",
                REQUESTS + "/bob/" + subresource,
                patch.getBytes(UTF_8),
                "application/merge-patch+json");
    }
}
