package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.shell.limit.Http2Frames;
import dev.gantry.testkit.Patience;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deadlines, compression, slow readers, and the audit log. */
@Timeout(180)
class LimitsTest {
    private static final String PATH = "/api/v1/namespaces/default/configmaps/a";

    @TempDir Path folder;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.audited(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersWhenTheTimeIsUp() throws Exception {
        gateway.backend.pause = new CountDownLatch(1);
        var reply = gateway.get(gateway.admin(), PATH + "?timeout=300ms");
        gateway.backend.pause.countDown();
        assertThat(reply.statusCode()).isEqualTo(504);
        assertThat(reply.body()).contains("did not complete within the allotted timeout");
        assertThat(gateway.get(gateway.admin(), "/metrics").body())
                .containsPattern("\napiserver_request_terminations_total\\{.*code=\"504\"} 1\n");
        assertThat(gateway.get(gateway.admin(), PATH + "?timeout=soon").statusCode())
                .isEqualTo(400);
    }

    @Test
    void compressesLargeBodiesForThoseWhoAsk() throws Exception {
        String large = "{\"data\":\"" + "x".repeat(200 << 10) + "\"}";
        gateway.backend.put(PATH, large);
        assertThat(gateway.get(gateway.admin(), PATH).body()).isEqualTo(large);
        var request =
                HttpRequest.newBuilder(gateway.uri(PATH)).header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> packed =
                RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(packed.body().length).isLessThan(20_000);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(large);
        }
    }

    @Test
    void leavesSmallBodiesAsTheyAre() throws Exception {
        gateway.backend.put(PATH, "{\"data\":1}");
        var request =
                HttpRequest.newBuilder(gateway.uri(PATH)).header("Accept-Encoding", "gzip").build();
        var reply = RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.headers().firstValue("content-encoding")).isEmpty();
        assertThat(reply.body()).isEqualTo("{\"data\":1}");
    }

    @Test
    void pullsNoMoreFramesThanASlowReaderTakes() throws Exception {
        byte[] frame = "x".repeat(64 << 10).getBytes(UTF_8);
        for (int i = 0; i < 4_000; i++) {
            gateway.backend.frames.add(frame);
        }
        var request = HttpRequest.newBuilder(gateway.uri("/api/v1/pods?watch=true")).build();
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(gateway.admin())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        try (var body = client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(10)).hasSize(10);
            // Once the systems' own buffers are full, nothing moves any more.
            int[] left = {-1};
            Patience.await()
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> left[0] == (left[0] = gateway.backend.frames.size()));
            assertThat(left[0]).isGreaterThan(2_500);
        }
    }

    /** Rapid reset, each part on its way alone. */
    @Test
    void endsTheConnectionOfAStrangerWhoCancelsRequests() throws Exception {
        var sockets = gateway.pki.anonymousClient().getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", gateway.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            OutputStream out = socket.getOutputStream();
            out.write(Http2Frames.greeting());
            for (int stream = 1; stream < 40; stream += 2) {
                out.write(Http2Frames.headers(stream, Http2Frames.END_STREAM));
                out.write(Http2Frames.reset(stream));
            }
            // Read to the end of the connection, which the server decides on.
            assertThat(HexFormat.of().formatHex(socket.getInputStream().readAllBytes()))
                    .contains("07" + "00" + "00000000")
                    .endsWith("0000000b");
        }
        gateway.backend.put(PATH, "{}");
        assertThat(gateway.get(gateway.admin(), PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void writesDownWhoDidWhatWithoutBodies() throws Exception {
        gateway.post(
                gateway.admin(),
                "/api/v1/namespaces/default/secrets?fieldManager=x",
                "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},\"data\":{\"p\":\"aHVudGVyMg==\"}}");
        gateway.get(gateway.pki.clientOf("CN=jane"), "/api/v1/namespaces/y/pods");
        Path log = RunningGateway.auditLog(folder);
        Patience.await()
                .untilAsserted(() -> assertThat(Files.readAllLines(log)).hasSizeGreaterThan(1));
        JsonNode created = JsonMapper.shared().readTree(Files.readAllLines(log).get(0));
        assertThat(created.path("level").asString()).isEqualTo("Metadata");
        assertThat(created.path("verb").asString()).isEqualTo("create");
        assertThat(created.path("user").path("username").asString()).isEqualTo("admin");
        assertThat(created.path("objectRef").path("resource").asString()).isEqualTo("secrets");
        assertThat(created.path("responseStatus").path("code").asInt()).isEqualTo(201);
        JsonNode refused = JsonMapper.shared().readTree(Files.readAllLines(log).get(1));
        assertThat(refused.path("annotations").path("authorization.k8s.io/decision").asString())
                .isEqualTo("forbid");
        assertThat(Files.readString(log)).doesNotContain("aHVudGVyMg");
    }
}
