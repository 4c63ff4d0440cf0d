package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway alone, before a state service of another process that tells what it was sent. */
@Timeout(180)
class RemoteStateTest {
    @TempDir Path folder;

    private final Sinks.Many<String> frames = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Empty<Void> slowly = Sinks.empty();
    private final CountDownLatch watchEnded = new CountDownLatch(1);
    private TestPki pki;
    private DisposableServer state;
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() throws Exception {
        pki = new TestPki(folder);
        TestPki.Pair own = pki.sign("CN=system:gantry:state", Duration.ofHours(1));
        SslContext tls =
                SslContextBuilder.forServer(own.keys().getPrivate(), own.certificate())
                        .trustManager(folder.resolve("ca.crt").toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build();
        state =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(FreePorts.next())
                        .secure(spec -> spec.sslContext(tls))
                        .handle(this::serve)
                        .bindNow();
        gateway =
                GatewayMain.start(
                        "--gantry.pki.dir=" + folder,
                        "--gantry.gateway.addresses=127.0.0.1",
                        "--gantry.gateway.change-feed=false",
                        "--gantry.gateway.audit-log=" + RunningGateway.auditLog(folder),
                        "--gantry.gateway.state-url=https://127.0.0.1:" + state.port(),
                        "--gantry.gateway.port=0");
    }

    @AfterEach
    void stop() {
        gateway.close();
        state.disposeNow();
    }

    @Test
    void saysWhoAsksAndKeepsCredentialsToItself() throws Exception {
        var request =
                HttpRequest.newBuilder(uri("/api/v1/pods?limit=5"))
                        .header("Authorization", "Bearer secret")
                        .header("X-Remote-User", "root")
                        .header("X-Remote-Extra-Scope", "all")
                        .header("Accept", "application/json;as=Table")
                        .build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body())
                .contains("GET /api/v1/pods?limit=5\n")
                .contains("x-remote-user=[admin]\n")
                .contains("x-remote-group=[system:masters, system:authenticated]\n")
                .contains("accept=[application/json;as=Table]\n")
                .doesNotContain("authorization=")
                .doesNotContain("x-remote-extra-scope");
    }

    @Test
    void passesBodiesAndCodesThrough() throws Exception {
        String body = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
        var request =
                HttpRequest.newBuilder(uri("/api/v1/namespaces/default/configmaps"))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.body()).contains("body of " + body.length());
    }

    @Test
    void passesWatchFramesThroughAtOnceAndEndsTheStreamWithTheClient() throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1/pods?watch=true")).build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(reply.body(), UTF_8))) {
            for (int i = 0; i < 5; i++) {
                frames.tryEmitNext("frame " + i + "\n").orThrow();
                assertThat(lines.readLine()).isEqualTo("frame " + i);
            }
        }
        assertThat(watchEnded.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asksForWhatWasJudgedAndNotForWhatWasWritten() throws Exception {
        var request =
                HttpRequest.newBuilder(uri("/api/v1/namespaces/a;b%2Fpods?limit=%31&watch=0;x=1"))
                        .build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.body()).startsWith("GET /api/v1/namespaces/a%3Bb/pods?limit=1\n");
        request = HttpRequest.newBuilder(uri("/openapi/../api/v1/secrets")).build();
        reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).contains("NotFound");
    }

    @Test
    void aSeatIsHeldUntilTheAnswerBegins() throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1/slow")).build();
        var reply = RunningGateway.client(admin()).sendAsync(request, BodyHandlers.ofString());
        // The request for the metrics is one itself.
        Patience.await().until(() -> executing() == 2);
        slowly.tryEmitEmpty().orThrow();
        assertThat(reply.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
        Patience.await().until(() -> executing() == 1);
    }

    /** How many requests of masters there are. */
    private long executing() throws Exception {
        String name = "apiserver_flowcontrol_current_executing_requests{flow_schema=\"exempt\"";
        var request = HttpRequest.newBuilder(uri("/metrics")).build();
        return RunningGateway.client(admin())
                .send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Test
    void theAuditLogTellsWhatTheStateServiceAnsweredAndSaidForIt() throws Exception {
        String path = "/api/v1/namespaces/default/configmaps";
        var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString("{}")).build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.headers().map().keySet())
                .noneMatch(each -> each.equalsIgnoreCase(ApiReply.AUDIT_ANNOTATIONS));
        JsonNode event = audited(path);
        assertThat(event.at("/responseStatus/code").asInt()).isEqualTo(201);
        assertThat(event.at("/annotations/p.example~1high").asString()).isEqualTo("€");
    }

    @Test
    void theAuditLogTellsOfRequestsThatAreAnsweredByNobody() throws Exception {
        state.disposeNow();
        String path = "/api/v1/namespaces/default/pods";
        var request = HttpRequest.newBuilder(uri(path)).build();
        RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(audited(path).at("/responseStatus/code").asInt()).isEqualTo(503);
    }

    private JsonNode audited(String path) throws Exception {
        Path log = RunningGateway.auditLog(folder);
        Patience.await().until(() -> Files.exists(log) && Files.readString(log).contains(path));
        return Files.readString(log)
                .lines()
                .map(each -> JsonMapper.shared().readTree(each))
                .filter(each -> each.path("requestURI").asString("").equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void judgesBeforeAnythingIsPassedOn() throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1/pods")).build();
        var reply =
                RunningGateway.client(pki.clientOf("CN=jane"))
                        .send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(403);
    }

    @Test
    void saysSoWhenTheStateServiceIsAway() throws Exception {
        state.disposeNow();
        var request = HttpRequest.newBuilder(uri("/api/v1/pods")).build();
        var reply = RunningGateway.client(admin()).send(request, BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("retry-after")).isPresent();
    }

    private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().contains("watch=true")) {
            return response.send(
                    frames.asFlux()
                            .doFinally(_ -> watchEnded.countDown())
                            .map(RemoteStateTest::bytes),
                    _ -> true);
        }
        if (request.uri().endsWith("/slow")) {
            return response.sendString(slowly.asMono().thenReturn("late"));
        }
        StringBuilder told = new StringBuilder(request.method() + " " + request.uri() + "\n");
        for (String name : request.requestHeaders().names()) {
            told.append(name.toLowerCase(java.util.Locale.ROOT))
                    .append('=')
                    .append(request.requestHeaders().getAll(name))
                    .append('\n');
        }
        Mono<String> text =
                request.receive()
                        .aggregate()
                        .map(ByteBuf::readableBytes)
                        .defaultIfEmpty(0)
                        .map(length -> told + "body of " + length);
        if (request.method().name().equals("POST")) {
            response.header(ApiReply.AUDIT_ANNOTATIONS, "{\"p.example/high\":\"\\u20ac\"}");
            return response.status(201).sendString(text);
        }
        return response.status(200).sendString(text);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    private javax.net.ssl.SSLContext admin() throws Exception {
        return pki.clientOf("CN=admin,O=system:masters");
    }

    private URI uri(String path) {
        int port = gateway.getBean(Gateway.class).port();
        return URI.create("https://127.0.0.1:" + port + path);
    }
}
