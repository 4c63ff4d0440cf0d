package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;

/** Requests that an extension server answers, against one with TLS on loopback. */
@Timeout(180)
class AggregationTest {
    private static final String API = "/apis/example.com/v1";
    private static final String CHAIRS = API + "/namespaces/shop/chairs";
    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices/";
    private static final String SLICE =
            "/apis/discovery.k8s.io/v1/namespaces/apps/endpointslices/extension-1";

    private static final List<HttpHeaders> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> SHOWN = new CopyOnWriteArrayList<>();

    @TempDir static Path folder;

    private static RunningGateway gateway;
    private static DisposableServer server;

    /** The APIService that the gateway knows. */
    private static String served = "";

    @BeforeAll
    static void start() throws Exception {
        gateway = new RunningGateway(folder);
        SslContext tls = serverTls();
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .secure(spec -> spec.sslContext(tls))
                        .route(AggregationTest::routes)
                        .bindNow();
        gateway.backend
                .put("/api/v1/namespaces/default", "{\"metadata\":{\"name\":\"default\"}}")
                .put(
                        "/api/v1/namespaces/apps/services/extension",
                        "{\"metadata\":{\"name\":\"extension\",\"namespace\":\"apps\"},\"spec\":{\"ports\":["
                                + "{\"name\":\"https\",\"port\":443}]}}");
    }

    @BeforeEach
    void aim() throws Exception {
        aimAt(server.port());
        serve("True", trusted());
        ASKED.clear();
        SHOWN.clear();
    }

    private static void aimAt(int port) {
        gateway.backend.put(
                SLICE,
                """
                {"metadata":{"name":"extension-1","namespace":"apps"},
                 "ports":[{"name":"https","port":%d}],
                 "endpoints":[{"addresses":["127.0.0.1"]}]}
                """
                        .formatted(port));
    }

    @AfterAll
    static void stop() {
        server.disposeNow();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void keepsMethodBodyQueryAndStatus(String method) throws Exception {
        String body = "x".repeat(100_000);
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(CHAIRS + "/one?dryRun=All&x=%2F"))
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> reply = send(gateway.admin(), request);
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(reply.body()).isEqualTo(method + " " + CHAIRS + "/one?dryRun=All&x=%2F " + body);
    }

    @Test
    void tellsWhoAsksAndNoCredentials() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(CHAIRS))
                        .header("Authorization", "Bearer secret")
                        .header("X-Remote-User", "root")
                        .header("X-Remote-Extra-Scopes", "all")
                        .build();
        assertThat(send(gateway.admin(), request).statusCode()).isEqualTo(202);
        HttpHeaders headers = ASKED.getFirst();
        assertThat(headers.getAll("X-Remote-User")).containsExactly("admin");
        assertThat(headers.getAll("X-Remote-Group"))
                .containsExactly("system:masters", "system:authenticated");
        assertThat(headers.contains("X-Remote-Extra-Scopes")).isFalse();
        assertThat(headers.contains("Authorization")).isFalse();
        assertThat(headers.get("Host")).isEqualTo("extension.apps.svc");
        assertThat(SHOWN).containsExactly("CN=front-proxy-client");
    }

    @Test
    void passesNothingOnOfThoseWhoMayNot() throws Exception {
        HttpResponse<String> reply = gateway.get(gateway.pki.clientOf("CN=jane"), CHAIRS);
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.body()).contains("chairs.example.com is forbidden");
        assertThat(ASKED).isEmpty();
    }

    @Test
    void passesOnWhatComesWhenItComes() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri(API + "/chairs?watch=true")).build();
        var reply =
                RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofInputStream());
        try (var lines =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            // The server never ends this stream.
            assertThat(lines.readLine()).isEqualTo("{\"type\":\"ADDED\"}");
        }
    }

    @Test
    void joinsWebSockets() throws Exception {
        var heard = new CompletableFuture<String>();
        WebSocket socket =
                RunningGateway.client(gateway.admin())
                        .newWebSocketBuilder()
                        .subprotocols("chat")
                        .buildAsync(
                                gateway.webSocketUri(CHAIRS + "/one/talk"),
                                new WebSocket.Listener() {
                                    @Override
                                    public @Nullable CompletionStage<?> onText(
                                            WebSocket from, CharSequence text, boolean isLast) {
                                        heard.complete(text.toString());
                                        return null;
                                    }
                                })
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        socket.sendText("hello", true).join();
        assertThat(heard.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(ASKED.getFirst().get("X-Remote-User")).isEqualTo("admin");
        socket.abort();
    }

    @Test
    void asksForDocumentsOfTheVersionAndNotOfTheGroup() throws Exception {
        assertThat(gateway.get(gateway.admin(), API).body()).isEqualTo("GET " + API + " ");
        assertThat(gateway.get(gateway.admin(), "/openapi/v3" + API).body())
                .isEqualTo("GET /openapi/v3" + API + " ");
        gateway.get(gateway.admin(), "/apis/example.com");
        gateway.get(gateway.admin(), "/apis/example.com/v2/chairs");
        gateway.get(gateway.admin(), "/asof/5" + CHAIRS);
        assertThat(ASKED).hasSize(2);
    }

    @Test
    void saysThatAServerIsNotAvailable() throws Exception {
        serve("False", trusted());
        assertUnavailable("service unavailable\n");
        serve("True", trusted());
        gateway.backend.objects.remove(SLICE);
        assertUnavailable("service unavailable\n");
    }

    @Test
    void saysThatAServerDoesNotAnswer() throws Exception {
        int port = FreePorts.next();
        aimAt(port);
        assertUnavailable(
                "error trying to reach service: dial tcp 127.0.0.1:%d: connect: connection refused\n"
                        .formatted(port));
    }

    /** Who asks is told only to the server that is meant. */
    @Test
    void tellsNothingToAServerThatItDoesNotTrust() throws Exception {
        TestPki other = new TestPki(Files.createDirectory(folder.resolve("other")));
        serve("True", bundle(other));
        assertThat(gateway.get(gateway.admin(), CHAIRS).statusCode()).isEqualTo(503);
        String services = "/api/v1/namespaces/apps/services/";
        String known = gateway.backend.objects.get(services + "extension").toString();
        gateway.backend.put(services + "impostor", known);
        serve("impostor", "True", trusted());
        assertThat(gateway.get(gateway.admin(), CHAIRS).statusCode()).isEqualTo(503);
        assertThat(ASKED).isEmpty();
    }

    /** Whoever writes EndpointSlices must not aim at places where nobody proves who they are. */
    @Test
    void findsOnlyPodsWhereNoCertificateIsChecked() throws Exception {
        serve("True", "\"insecureSkipTLSVerify\":true");
        assertUnavailable("service unavailable\n");
        assertThat(ASKED).isEmpty();
    }

    private void assertUnavailable(String why) throws Exception {
        HttpResponse<String> reply = gateway.get(gateway.admin(), CHAIRS);
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo(why);
    }

    private static HttpResponse<String> send(SSLContext tls, HttpRequest request) throws Exception {
        return RunningGateway.client(tls).send(request, BodyHandlers.ofString());
    }

    private void serve(String available, String trust) {
        serve("extension", available, trust);
    }

    /** APIServices are read when the gateway starts, since no feed runs here. */
    private void serve(String service, String available, String trust) {
        String wanted =
                """
                {"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService",
                 "metadata":{"name":"v1.example.com","resourceVersion":"7"},
                 "spec":{"group":"example.com","version":"v1",
                         "service":{"namespace":"apps","name":"%s","port":443},%s},
                 "status":{"conditions":[{"type":"Available","status":"%s"}]}}
                """
                        .formatted(service, trust, available);
        if (wanted.equals(served)) {
            return;
        }
        gateway.backend.put(SERVICES + "v1.example.com", wanted);
        gateway.restart();
        served = wanted;
        Patience.await().until(() -> gateway.get(gateway.admin(), "/readyz").statusCode() == 200);
    }

    private static String trusted() throws Exception {
        return bundle(gateway.pki);
    }

    private static String bundle(TestPki pki) throws Exception {
        byte[] pem = Files.readAllBytes(pki.folder().resolve("ca.crt"));
        return "\"caBundle\":\"%s\"".formatted(Base64.getEncoder().encodeToString(pem));
    }

    private static SslContext serverTls() throws Exception {
        TestPki.Pair own = gateway.pki.sign("CN=extension", Duration.ofHours(1));
        return SslContextBuilder.forServer(own.keys().getPrivate(), own.certificate())
                .trustManager(folder.resolve("ca.crt").toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private static void routes(HttpServerRoutes routes) {
        routes.ws(
                CHAIRS + "/one/talk",
                (in, out) -> {
                    ASKED.add(in.headers().copy());
                    return out.sendString(in.receive().asString());
                },
                WebsocketServerSpec.builder().protocols("chat").build());
        routes.route(
                request -> request.uri().contains("watch=true"),
                (_, response) ->
                        response.sendString(
                                Flux.concat(Mono.just("{\"type\":\"ADDED\"}\n"), Mono.never()),
                                StandardCharsets.UTF_8));
        routes.route(
                _ -> true,
                (request, response) -> {
                    note(request);
                    return response.status(202)
                            .sendString(
                                    request.receive()
                                            .aggregate()
                                            .asString()
                                            .defaultIfEmpty("")
                                            .map(
                                                    body ->
                                                            request.method()
                                                                    + " "
                                                                    + request.uri()
                                                                    + " "
                                                                    + body));
                });
    }

    private static void note(HttpServerRequest request) {
        ASKED.add(request.requestHeaders().copy());
        request.withConnection(
                connection -> {
                    SslHandler tls = connection.channel().pipeline().get(SslHandler.class);
                    try {
                        SHOWN.add(tls.engine().getSession().getPeerPrincipal().getName());
                    } catch (SSLPeerUnverifiedException none) {
                        SHOWN.add("");
                    }
                });
    }
}
