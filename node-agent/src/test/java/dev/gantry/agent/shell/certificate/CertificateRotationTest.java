package dev.gantry.agent.shell.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.agent.shell.kafka.CurrentSslEngines;
import dev.gantry.agent.testing.FakeApiServer;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateRotationTest {
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final NodeSubject NODE = new NodeSubject("n1", List.of("127.0.0.1"));
    private static final ObjectKey OWN = new ObjectKey(Resources.NODES, "", "n1");

    @TempDir private Path root;

    private final TestAuthority authority = new TestAuthority();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicBoolean isKnown = new AtomicBoolean(true);
    private FakeApiServer api;
    private CertificateFolder folder;
    private CertificateSigning signing;
    private X509TrustManager trust;
    private Instant now = Instant.now();

    @BeforeEach
    void start() throws IOException {
        api = new FakeApiServer(authority, authority.server(), TOKEN);
        api.put("/api/v1/nodes/n1", "{'metadata':{'name':'n1'}}");
        folder = new CertificateFolder(root.resolve("pki"));
        PrivateFile.write(folder.authority(), authority.pem());
        trust = new PemFile(folder.authority()).trust();
        var asking = ClusterApi.of(ClusterAccess.withToken(api.url(), TOKEN, trust));
        signing = new CertificateSigning(asking, folder, NODE, Optional.empty());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void renewsWhatIsDueAndNothingElse() throws IOException {
        CertificateRotation rotation = rotation(NodeCertificate.CLIENT);
        rotation.step();
        X509Certificate first = held(NodeCertificate.CLIENT);
        assertThat(rotation.step()).as("looks after it now and then").isPositive();
        assertThat(held(NodeCertificate.CLIENT)).isEqualTo(first);
        now = now.plus(Duration.ofHours(9));
        rotation.step();
        assertThat(held(NodeCertificate.CLIENT).getPublicKey())
                .as("a new key")
                .isNotEqualTo(first.getPublicKey());
        assertThat(renewals).hasValue(2);
    }

    @Test
    void aRequestThatNobodyApprovedIsNotMadeTwice() throws IOException {
        api.stopApproving();
        Duration first = rotation(NodeCertificate.CLIENT).step();
        rotation(NodeCertificate.CLIENT).step();
        assertThat(api.requests()).as("also after a restart").isEqualTo(1);
        assertThat(first).isPositive();
        assertThat(folder.current(NodeCertificate.CLIENT)).isEmpty();
        api.approve();
        rotation(NodeCertificate.CLIENT).step();
        assertThat(folder.current(NodeCertificate.CLIENT)).isPresent();
    }

    @Test
    void asksForNothingBeforeTheClusterKnowsTheNode() throws IOException {
        isKnown.set(false);
        CertificateRotation rotation = rotation(NodeCertificate.SERVING);
        rotation.step();
        assertThat(api.requests()).isZero();
        isKnown.set(true);
        rotation.step();
        assertThat(held(NodeCertificate.SERVING).getSubjectX500Principal().getName())
                .isEqualTo("CN=system:node:n1,O=system:nodes");
    }

    @Test
    void theApiIsAskedWithTheNewOneFromThenOn() throws IOException {
        rotation(NodeCertificate.CLIENT).step();
        CurrentAccess access = access();
        access.api().get(OWN);
        assertThat(api.lastShown()).isEqualTo(serial());
        now = now.plus(Duration.ofHours(9));
        rotation(NodeCertificate.CLIENT).step();
        access.reconnect();
        assertThat(access.api().get(OWN)).isPresent();
        assertThat(api.lastShown()).isEqualTo(serial());
    }

    @Test
    void kafkaIsConnectedToWithTheNewOneFromThenOn() throws Exception {
        rotation(NodeCertificate.CLIENT).step();
        try (var engines = new CurrentSslEngines()) {
            engines.configure(
                    Map.of(
                            "ssl.protocol", "TLSv1.3",
                            "ssl.enabled.protocols", List.of("TLSv1.3"),
                            "ssl.cipher.suites", List.of(),
                            "ssl.keystore.type", "PEM",
                            "ssl.keystore.location", folder.pair(NodeCertificate.CLIENT).toString(),
                            "ssl.truststore.type", "PEM",
                            "ssl.truststore.location", folder.authority().toString()));
            engines.createClientSslEngine("127.0.0.1", 9092, "");
            assertThat(shownBy(engines)).isEqualTo(held(NodeCertificate.CLIENT));
            now = now.plus(Duration.ofHours(9));
            rotation(NodeCertificate.CLIENT).step();
            engines.createClientSslEngine("127.0.0.1", 9092, "");
            assertThat(shownBy(engines)).isEqualTo(held(NodeCertificate.CLIENT));
        }
    }

    @Test
    void thereIsNothingToServeWithBeforeTheFirstOne() throws IOException {
        var serving = new CurrentTls(folder.pair(NodeCertificate.SERVING), trust);
        assertThat(serving.get()).isEmpty();
        rotation(NodeCertificate.SERVING).step();
        var first = serving.get();
        assertThat(first).isPresent();
        assertThat(serving.get()).as("is read once").isEqualTo(first);
    }

    private CurrentAccess access() throws IOException {
        Path kubeconfig = root.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                """
                current-context: node
                contexts: [{name: node, context: {cluster: test, user: node}}]
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: node, user: {client-certificate: "%3$s", client-key: "%3$s"}}]
                """
                        .formatted(
                                api.url(),
                                folder.authority(),
                                folder.pair(NodeCertificate.CLIENT)));
        var tls = new CurrentTls(folder.pair(NodeCertificate.CLIENT), trust);
        return CurrentAccess.of(kubeconfig, tls, trust, "kubelet");
    }

    private CertificateRotation rotation(NodeCertificate certificate) {
        var terms =
                new CertificateRotation.Terms(
                        isKnown::get, renewals::incrementAndGet, 0.5, (InstantSource) () -> now);
        return new CertificateRotation(certificate, folder, signing, terms);
    }

    private X509Certificate held(NodeCertificate certificate) throws IOException {
        return folder.current(certificate).orElseThrow();
    }

    private String serial() throws IOException {
        return held(NodeCertificate.CLIENT).getSerialNumber().toString();
    }

    private static X509Certificate shownBy(CurrentSslEngines engines) throws Exception {
        KeyStore store = engines.keystore();
        String alias = Collections.list(store.aliases()).getFirst();
        return (X509Certificate) store.getCertificate(alias);
    }
}
