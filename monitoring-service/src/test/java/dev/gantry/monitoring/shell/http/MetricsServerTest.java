package dev.gantry.monitoring.shell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.metrics.MetricsApi;
import dev.gantry.monitoring.metrics.MetricsView;
import dev.gantry.monitoring.usage.NodeRates;
import dev.gantry.testkit.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real connections, with certificates that keytool made. */
class MetricsServerTest {
    @TempDir Path pki;
    private MetricsServer server;

    @BeforeEach
    void start() throws Exception {
        // Whatever signs itself is its own authority.
        writePair("metrics-server", "CN=metrics-server");
        writePair("proxy", "CN=front-proxy-client");
        writePair("other", "CN=somebody");
        Files.writeString(
                pki.resolve("front-proxy-ca.crt"),
                Files.readString(pki.resolve("proxy.crt"))
                        + Files.readString(pki.resolve("other.crt")));
        server =
                MetricsServer.open(
                        new MetricsApi(new Nothing()), pki, InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersTheFrontProxy() throws Exception {
        HttpResponse<String> reply = get(client("proxy"), "/nodes?labelSelector=a%3Db");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains("application/json");
        assertThat(reply.body()).contains("\"kind\":\"NodeMetricsList\"");
        assertThat(get(client("proxy"), "/nodes/none").statusCode()).isEqualTo(404);
    }

    @Test
    void answersNobodyElse() throws Exception {
        assertThat(get(client("other"), "/nodes").statusCode()).isEqualTo(401);
        assertThatThrownBy(() -> get(client("metrics-server"), "/nodes"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(clientWith(null), "/nodes")).isInstanceOf(IOException.class);
    }

    private void writePair(String name, String subject) throws Exception {
        SelfSigned made = SelfSigned.make(pki, subject);
        Files.writeString(pki.resolve(name + ".crt"), made.certificatePem());
        Files.writeString(pki.resolve(name + ".key"), made.keyPem());
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        URI uri =
                URI.create(
                        "https://localhost:%d/apis/metrics.k8s.io/v1beta1%s"
                                .formatted(server.port(), path));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpClient client(String name) throws Exception {
        return clientWith(
                KeyMaterial.identity(
                        Pem.certificates(Files.readAllBytes(pki.resolve(name + ".crt"))),
                        Pem.privateKey(Files.readAllBytes(pki.resolve(name + ".key")))));
    }

    private HttpClient clientWith(KeyManager @Nullable [] keys) throws Exception {
        byte[] authority = Files.readAllBytes(pki.resolve("metrics-server.crt"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(
                keys, new TrustManager[] {KeyMaterial.trusting(Pem.certificates(authority))}, null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /** A cluster without nodes. */
    private static final class Nothing implements MetricsView {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public List<Resource> nodes() {
            return List.of();
        }

        @Override
        public Optional<Resource> node(String name) {
            return Optional.empty();
        }

        @Override
        public List<Resource> pods(String namespace) {
            return List.of();
        }

        @Override
        public Optional<Resource> pod(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeRates> rates(String node) {
            return Optional.empty();
        }
    }
}
