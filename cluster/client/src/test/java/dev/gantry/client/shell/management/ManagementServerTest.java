package dev.gantry.client.shell.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ManagementServerTest {
    private static final String PREFIX = "gantry.test.management-";
    private static final MetricsPage PAGE = new MetricsPage(List.of(text -> text.append("up 1\n")));

    private final AtomicBoolean isReady = new AtomicBoolean();

    @TempDir private Path folder;

    @Test
    void tellsMetricsAndHealthOnLoopback() throws IOException {
        try (var server = open(Map.of(PREFIX + "port", "0"), Optional.empty()).orElseThrow()) {
            String url = "http://127.0.0.1:" + server.port();
            var client = new OkHttpClient();
            try (Response metrics = client.newCall(get(url + "/metrics", "")).execute()) {
                assertThat(metrics.body().string()).isEqualTo("up 1\n");
                assertThat(metrics.header("Content-Type"))
                        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            }
            try (Response status = client.newCall(get(url + "/statusz", "")).execute()) {
                assertThat(status.body().string())
                        .startsWith("\nkube-test statusz\n")
                        .endsWith("Paths: /flagz /healthz /livez /metrics /readyz /statusz\n");
            }
            try (Response flags = client.newCall(get(url + "/flagz", "")).execute()) {
                assertThat(flags.body().string())
                        .startsWith("\nkube-test flagz\n")
                        .contains("\n" + PREFIX + "port=0\n");
            }
            var json =
                    new Request.Builder().url(url + "/flagz").header("Accept", "application/json");
            assertThat(code(client, json.build())).isEqualTo(406);
            assertThat(code(client, get(url + "/healthz", ""))).isEqualTo(200);
            assertThat(code(client, get(url + "/livez", ""))).isEqualTo(200);
            assertThat(code(client, get(url + "/readyz", ""))).isEqualTo(500);
            assertThat(code(client, get(url + "/other", ""))).isEqualTo(404);
            var posted = RequestBody.create(new byte[0], null);
            var post = new Request.Builder().url(url + "/metrics").post(posted).build();
            assertThat(code(client, post)).isEqualTo(405);

            isReady.set(true);
            assertThat(code(client, get(url + "/readyz", ""))).isEqualTo(200);
        }
    }

    @Test
    void withTlsAsksTheApiWhoMayReadMetrics() throws Exception {
        var keys = SelfSigned.make(folder, "CN=localhost");
        Path certificate = Files.writeString(folder.resolve("tls.crt"), keys.certificatePem());
        Path key = Files.writeString(folder.resolve("tls.key"), keys.keyPem());
        var settings =
                Map.<String, Object>of(
                        PREFIX + "port",
                        "0",
                        PREFIX + "address",
                        "0.0.0.0",
                        PREFIX + "certificate-file",
                        certificate.toString(),
                        PREFIX + "key-file",
                        key.toString());
        assertThatThrownBy(() -> open(settings, Optional.empty()))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("gantry.api.kubeconfig");

        try (var api = LoopbackServer.start(ManagementServerTest::review);
                var server = open(settings, Optional.of(client(api))).orElseThrow()) {
            String url = "https://127.0.0.1:" + server.port();
            OkHttpClient client = trusting(keys);
            assertThat(code(client, get(url + "/metrics", ""))).isEqualTo(401);
            assertThat(code(client, get(url + "/metrics", "Basic prometheus"))).isEqualTo(401);
            assertThat(code(client, get(url + "/metrics", "Bearer stranger"))).isEqualTo(401);
            assertThat(code(client, get(url + "/metrics", "Bearer anybody"))).isEqualTo(403);
            assertThat(code(client, get(url + "/metrics", "Bearer prometheus"))).isEqualTo(200);
            assertThat(code(client, get(url + "/flagz", ""))).isEqualTo(401);
            assertThat(code(client, get(url + "/statusz", "Bearer prometheus"))).isEqualTo(403);
            assertThat(code(client, get(url + "/healthz", ""))).isEqualTo(200);
        }
        try (var server = open(settings, Optional.of(nobody())).orElseThrow()) {
            String url = "https://127.0.0.1:" + server.port();
            assertThat(code(trusting(keys), get(url + "/metrics", "Bearer prometheus")))
                    .isEqualTo(503);
        }
    }

    @Test
    void isThereOnlyWhereAPortIsSetAndFree() throws IOException {
        assertThat(open(Map.of(), Optional.empty())).isEmpty();

        try (var first = open(Map.of(PREFIX + "port", "0"), Optional.empty()).orElseThrow()) {
            String port = Integer.toString(first.port());
            assertThatThrownBy(() -> open(Map.of(PREFIX + "port", port), Optional.empty()))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining(PREFIX + "port is '" + port);
        }
    }

    @Test
    void isNotOpenBeyondLoopbackWithoutTls() {
        Map<String, Object> settings = Map.of(PREFIX + "port", "0", PREFIX + "address", "0.0.0.0");
        assertThatThrownBy(() -> open(settings, Optional.empty()))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("no port without TLS");
    }

    private Optional<ManagementServer> open(Map<String, Object> given, Optional<ClusterApi> api)
            throws IOException {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", new TreeMap<>(given)));
        return ManagementServer.open(
                new SettingSource(environment),
                new Component("kube-test", PREFIX),
                PAGE,
                isReady::get,
                api);
    }

    /** Knows two tokens, and lets the owner of one read metrics. */
    private static void review(HttpExchange exchange) throws IOException {
        JsonNode asked =
                JsonMapper.shared()
                        .readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                        .path("spec");
        String answer =
                exchange.getRequestURI().getPath().endsWith("/tokenreviews")
                        ? owner(asked.path("token").asString(""))
                        : "{\"allowed\":%s}".formatted(mayRead(asked));
        LoopbackServer.reply(exchange, 201, "{\"status\":%s}".formatted(answer));
    }

    private static String owner(String token) {
        return token.equals("stranger")
                ? "{\"authenticated\":false}"
                : "{\"authenticated\":true,\"user\":{\"username\":\"%s\",\"groups\":[\"monitors\"]}}"
                        .formatted(token);
    }

    private static boolean mayRead(JsonNode asked) {
        JsonNode what = asked.path("nonResourceAttributes");
        return asked.path("user").asString("").equals("prometheus")
                && asked.path("groups").path(0).asString("").equals("monitors")
                && what.path("path").asString("").equals("/metrics")
                && what.path("verb").asString("").equals("get");
    }

    private static ClusterApi client(LoopbackServer api) throws IOException {
        return ClusterApi.of(ClusterAccess.withToken(api.url(), "test"));
    }

    private static ClusterApi nobody() throws IOException {
        LoopbackServer gone = LoopbackServer.start(_ -> {});
        gone.close();
        return client(gone);
    }

    private static OkHttpClient trusting(SelfSigned keys) throws Exception {
        var trust = KeyMaterial.trusting(Pem.certificates(keys.certificatePem().getBytes(UTF_8)));
        var context = javax.net.ssl.SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), trust)
                .hostnameVerifier((_, _) -> true)
                .build();
    }

    private static Request get(String url, String authorization) {
        return new Request.Builder().url(url).header("Authorization", authorization).build();
    }

    private static int code(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }
}
