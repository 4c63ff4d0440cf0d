package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.testkit.Patience;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;

/** Pods and Services through the proxy, against a small server in their place. */
@Timeout(180)
class ProxyTest {
    private static final String APPS = "/api/v1/namespaces/apps";
    private static final String SLICE =
            "/apis/discovery.k8s.io/v1/namespaces/apps/endpointslices/s-1";
    private static final String PAGE = "<a href=\"/rewriteme\">grüße</a>";

    @TempDir static Path folder;

    private static RunningGateway gateway;
    private static DisposableServer server;
    private static volatile HttpHeaders asked;
    private static String address = "";
    private static String pod = "";

    @BeforeAll
    static void start() throws Exception {
        Optional<String> own = ownAddress();
        assumeTrue(own.isPresent(), "needs an address of this machine beside loopback");
        address = own.get();
        gateway = new RunningGateway(folder, "--gantry.gateway.proxy-to-own-addresses=true");
        server = HttpServer.create().host(address).port(0).route(ProxyTest::routes).bindNow();
        pod = APPS + "/pods/p:" + server.port() + "/proxy";
        gateway.backend.put(
                APPS + "/services/s",
                "{\"metadata\":{\"name\":\"s\",\"namespace\":\"apps\"},\"spec\":{\"ports\":["
                        + "{\"name\":\"web\",\"port\":80},{\"name\":\"other\",\"port\":81}]}}");
    }

    /** Some tests send the proxy elsewhere. */
    @BeforeEach
    void aim() {
        gateway.backend.put(APPS + "/pods/p", pod(address)).put(SLICE, slice(address, "p"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.disposeNow();
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void keepsMethodBodyQueryAndStatus(String method) throws Exception {
        String body = "x".repeat(100_000);
        HttpResponse<String> reply = send(pod + "/echo/a%20b?c=d&e=%2F", method, body);
        assertThat(reply.body()).isEqualTo(method + " /echo/a%20b?c=d&e=%2F " + body);
        assertThat(send(pod + "/teapot", method, body).statusCode()).isEqualTo(418);
    }

    @Test
    void keepsHeadersButForThoseOfOneHop() throws Exception {
        var request =
                HttpRequest.newBuilder(gateway.uri(pod + "/headers/?q=1"))
                        .header("Cookie", "session=1")
                        .header("Accept-Encoding", "gzip")
                        .header("X-Forwarded-For", "192.0.2.9")
                        .header("X-Remote-User", "root")
                        .build();
        var reply = RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofString());
        assertThat(asked.get("cookie")).isEqualTo("session=1");
        assertThat(asked.get("accept-encoding")).isEqualTo("gzip");
        assertThat(asked.get("x-forwarded-for")).isEqualTo("192.0.2.9, 127.0.0.1");
        assertThat(asked.get("x-forwarded-uri")).isEqualTo(pod + "/headers/");
        assertThat(asked.get("host")).isEqualTo("127.0.0.1:" + gateway.port());
        assertThat(asked.contains("x-remote-user")).isFalse();
        assertThat(reply.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(reply.headers().map())
                .doesNotContainKeys("keep-alive", "access-control-allow-origin");
    }

    @Test
    void turnsLinksOfPagesAndRedirects() throws Exception {
        String turned = "<a href=\"" + pod + "/rewriteme\">grüße</a>";
        assertThat(gateway.get(gateway.admin(), pod + "/page").body()).isEqualTo(turned);
        assertThat(gateway.get(gateway.admin(), pod + "/text").body()).isEqualTo(PAGE);
        var packed =
                RunningGateway.client(gateway.admin())
                        .send(
                                HttpRequest.newBuilder(gateway.uri(pod + "/packed")).build(),
                                BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(turned.repeat(5_000));
        }
        var redirect = gateway.get(gateway.admin(), pod + "/redirect");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("location")).contains(pod + "/there?x=1");
    }

    @Test
    void sendsPathsWithoutASlashBelowOne() throws Exception {
        var redirect = gateway.get(gateway.admin(), pod);
        assertThat(redirect.statusCode()).isEqualTo(301);
        assertThat(redirect.headers().firstValue("location")).contains(pod + "/");
    }

    @Test
    void headAsksWithoutABody() throws Exception {
        var reply = send(pod + "/text", "HEAD", "");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains("text/plain");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void carriesWebSockets() throws Exception {
        var heard = new CompletableFuture<String>();
        URI uri = gateway.webSocketUri(pod + "/ws");
        WebSocket socket =
                RunningGateway.client(gateway.admin())
                        .newWebSocketBuilder()
                        .subprotocols("chat")
                        .buildAsync(
                                uri,
                                new WebSocket.Listener() {
                                    @Override
                                    public @Nullable CompletionStage<?> onText(
                                            WebSocket from, CharSequence text, boolean isLast) {
                                        heard.complete(text.toString());
                                        return null;
                                    }
                                })
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("chat");
        socket.sendText("hello", true).join();
        assertThat(heard.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s:web", "s:80", "http:s:web"})
    void findsAPodOfTheService(String name) throws Exception {
        String path = APPS + "/services/" + name + "/proxy/echo/y";
        assertThat(gateway.get(gateway.admin(), path).body()).isEqualTo("GET /echo/y ");
    }

    @Test
    void saysWhichPartOfAServiceIsMissing() throws Exception {
        assertServiceRefused("s:90", "no service port 90 found for service \\\"s\\\"");
        assertServiceRefused("s:other", "no endpoints available for service \\\"s:other\\\"");
        assertServiceRefused("s", "no endpoints available for service \\\"s\\\"");
    }

    /** Whoever may write EndpointSlices aims at places that no pod of the namespace has. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "state.example.com", "::1", "10.1.2.3"})
    void doesNotFollowEndpointsThatAreNoPods(String elsewhere) throws Exception {
        gateway.backend.put(SLICE, slice(elsewhere, "p"));
        assertServiceRefused("s:web", "no endpoints available");
        gateway.backend.put(SLICE, slice(elsewhere, "p").replace("\"targetRef\"", "\"forgotten\""));
        assertServiceRefused("s:web", "no endpoints available");
        gateway.backend.put(
                SLICE,
                slice(address, "p").replace("\"namespace\":\"apps\"", "\"namespace\":\"other\""));
        assertServiceRefused("s:web", "no endpoints available");
    }

    /** A node tells any address of its pods. */
    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "224.0.0.1"})
    void doesNotFollowPodsIntoTheControlPlane(String elsewhere) throws Exception {
        gateway.backend.put(APPS + "/pods/p", pod(elsewhere)).put(SLICE, slice(elsewhere, "p"));
        HttpResponse<String> reply = gateway.get(gateway.admin(), pod + "/echo");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("address not allowed");
        assertServiceRefused("s:web", "no endpoints available");
    }

    @Test
    void doesNotFollowPodsToItsOwnAddressUnlessToldTo() throws Exception {
        try (var careful = new RunningGateway(Files.createDirectory(folder.resolve("careful")))) {
            careful.backend.put(APPS + "/pods/p", pod(address));
            HttpResponse<String> reply = careful.get(careful.admin(), pod + "/echo");
            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).contains("address not allowed");
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        HttpResponse<String> reply = gateway.get(gateway.admin(), APPS + "/pods/p:1/proxy/");
        assertUnavailable(reply);
        assertThat(reply.body())
                .contains(
                        "error trying to reach service: dial tcp %s:1: connect: connection refused"
                                .formatted(address));
        assertThat(gateway.get(gateway.admin(), pod.replace("p:", "https:p:") + "/").statusCode())
                .isEqualTo(503);
        assertThat(gateway.get(gateway.admin(), APPS + "/pods/ftp:p:1/proxy/").body())
                .contains("invalid pod request \\\"ftp:p:1\\\"");
    }

    private void assertServiceRefused(String name, String why) throws Exception {
        String path = APPS + "/services/" + name + "/proxy/echo";
        HttpResponse<String> reply = gateway.get(gateway.admin(), path);
        assertUnavailable(reply);
        assertThat(reply.body()).contains(why);
    }

    /** Compat: it is not told when to try again; kubectl would, ten times, before it says why. */
    private static void assertUnavailable(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isEmpty();
    }

    private HttpResponse<String> send(String path, String method, String body) throws Exception {
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpClient client = RunningGateway.client(gateway.admin());
        return client.send(
                HttpRequest.newBuilder(gateway.uri(path)).method(method, publisher).build(),
                BodyHandlers.ofString());
    }

    private static void routes(HttpServerRoutes routes) {
        routes.ws(
                "/ws",
                (in, out) -> out.sendString(in.receive().asString()),
                WebsocketServerSpec.builder().protocols("chat").build());
        routes.get(
                "/headers/",
                (request, response) -> {
                    asked = request.requestHeaders().copy();
                    return response.header("Set-Cookie", "a=1")
                            .addHeader("Set-Cookie", "b=2")
                            .header("Keep-Alive", "timeout=5")
                            .header("Access-Control-Allow-Origin", "*")
                            .sendString(Mono.just("ok"));
                });
        routes.get(
                "/page",
                (_, response) ->
                        response.header("Content-Type", "text/html; charset=utf-8")
                                .sendString(Mono.just(PAGE)));
        routes.route(
                request -> request.uri().equals("/text"),
                (_, response) ->
                        response.header("Content-Type", "text/plain").sendString(Mono.just(PAGE)));
        routes.get(
                "/packed",
                (_, response) ->
                        response.header("Content-Type", "text/html")
                                .header("Content-Encoding", "gzip")
                                .sendByteArray(Mono.just(packed(PAGE.repeat(5_000)))));
        routes.get(
                "/redirect",
                (_, response) -> response.status(302).header("Location", "/there?x=1").send());
        routes.route(
                request -> request.uri().startsWith("/teapot"),
                (request, response) -> request.receive().then(response.status(418).send().then()));
        routes.route(
                request -> request.uri().startsWith("/echo"),
                (request, response) ->
                        response.sendString(
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
                                                                + body)));
    }

    private static byte[] packed(String text) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        } catch (java.io.IOException inMemory) {
            throw new java.io.UncheckedIOException(inMemory);
        }
        return packed.toByteArray();
    }

    private static String pod(String address) {
        return "{\"metadata\":{\"name\":\"p\",\"namespace\":\"apps\"},\"status\":{\"podIP\":\"%s\",\"podIPs\":[{\"ip\":\"%s\"}]}}"
                .formatted(address, address);
    }

    private static String slice(String address, String pod) {
        return """
        {"ports":[{"name":"web","port":%d}],"endpoints":[{"addresses":["%s"],
         "targetRef":{"kind":"Pod","namespace":"apps","name":"%s"}}]}
        """
                .formatted(server.port(), address, pod);
    }

    private static Optional<String> ownAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
