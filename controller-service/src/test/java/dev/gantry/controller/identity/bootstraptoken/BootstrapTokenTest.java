package dev.gantry.controller.identity.bootstraptoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class BootstrapTokenTest {
    private static final ObjectKey INFO =
            new ObjectKey(Resources.CONFIG_MAPS, "kube-public", "cluster-info");

    private final SimulatedApi api = new SimulatedApi(new BootstrapSigner(), new TokenCleaner());

    /** The example of upstream's own test. */
    @Test
    void signsAsKubernetesDoes() {
        assertThat(
                        DetachedSignature.of(
                                "Hello from the other side. I must have called a thousand times.",
                                "joshua",
                                "my voice is my passcode"))
                .isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsImtpZCI6Impvc2h1YSJ9.."
                                + "VShe2taLd-YTrmWuRkcL_8QTNDHYxQIEBsAYYiIj1_8");
    }

    @Test
    void theClustersDescriptionIsSignedWithEachTokenForThat() {
        info();
        token("abcdef", "true", "");
        token("ghijkl", "false", "");
        api.settle();
        assertThat(signature("abcdef"))
                .isEqualTo(DetachedSignature.of("CONFIG", "abcdef", "0123456789abcdef"));
        assertThat(signature("ghijkl")).isEmpty();
        int writes = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(writes);

        Resource other = api.get(INFO).orElseThrow().copy();
        Resource.child(other.tree(), "data").put("kubeconfig", "OTHER");
        api.update(Resources.CONFIG_MAPS, other);
        api.settle();
        assertThat(signature("abcdef"))
                .isEqualTo(DetachedSignature.of("OTHER", "abcdef", "0123456789abcdef"));
    }

    @Test
    void aTokenAndItsSignatureGoWhenItsTimeIsOver() {
        info();
        token("abcdef", "true", "2026-01-01T00:10:00Z");
        token("ghijkl", "true", "some day");
        api.settle();
        assertThat(signature("abcdef")).isNotEmpty();
        assertThat(api.get(secret("ghijkl"))).isEmpty();

        api.pass(599);
        assertThat(api.get(secret("abcdef"))).isPresent();
        api.pass(1);
        assertThat(api.get(secret("abcdef"))).isEmpty();
        assertThat(signature("abcdef")).isEmpty();
    }

    private void info() {
        api.create(
                Resources.CONFIG_MAPS,
                SimulatedApi.object(
                        "{'metadata':{'name':'cluster-info','namespace':'kube-public'},"
                                + "'data':{'kubeconfig':'CONFIG'}}"));
    }

    private void token(String id, String signs, String expiration) {
        api.create(
                Resources.SECRETS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'bootstrap-token-%s','namespace':'kube-system'},
                         'type':'bootstrap.kubernetes.io/token',
                         'data':{'token-id':'%s','token-secret':'%s','expiration':'%s',
                                 'usage-bootstrap-signing':'%s'}}
                        """
                                .formatted(
                                        id,
                                        base64(id),
                                        base64("0123456789abcdef"),
                                        base64(expiration),
                                        base64(signs))));
    }

    private String signature(String id) {
        Resource map = api.get(INFO).orElseThrow();
        return Resource.text(map.tree().path("data"), "jws-kubeconfig-" + id);
    }

    private static ObjectKey secret(String id) {
        return new ObjectKey(Resources.SECRETS, "kube-system", "bootstrap-token-" + id);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
