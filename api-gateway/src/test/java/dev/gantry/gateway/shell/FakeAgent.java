package dev.gantry.gateway.shell;

import dev.gantry.testkit.FreePorts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;

/**
 * A node's agent that echoes and keeps what it was asked; demands the cluster's certificate. When
 * it is closed, nobody else is at its port.
 */
final class FakeAgent implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> headers = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    FakeAgent(TestPki pki) throws Exception {
        this(pki, "CN=system:node:n1,O=system:nodes");
    }

    FakeAgent(TestPki pki, String subject) throws Exception {
        TestPki.Pair own = pki.sign(subject, Duration.ofHours(1));
        SslContext tls =
                SslContextBuilder.forServer(own.keys().getPrivate(), own.certificate())
                        .trustManager(pki.folder().resolve("ca.crt").toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build();
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(FreePorts.next())
                        .secure(spec -> spec.sslContext(tls))
                        .route(this::routes)
                        .bindNow();
    }

    int port() {
        return server.port();
    }

    /** The Node that it runs on, as JSON. */
    String node() {
        return """
        {"kind":"Node","metadata":{"name":"n1"},"status":{
         "addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
         "daemonEndpoints":{"kubeletEndpoint":{"Port":%d}}}}
        """
                .formatted(port());
    }

    private void routes(HttpServerRoutes routes) {
        var spec =
                WebsocketServerSpec.builder()
                        .protocols("v5.channel.k8s.io,SPDY/3.1+portforward.k8s.io")
                        .build();
        routes.get(
                        "/containerLogs/**",
                        (request, response) -> {
                            note(request);
                            if (request.uri().contains("/waiting")) {
                                return response.status(404).sendString(Mono.just("no log"));
                            }
                            var lines =
                                    Flux.interval(Duration.ofMillis(20))
                                            .map(i -> "line " + i + "\n")
                                            .take(request.uri().contains("follow") ? 1000 : 3);
                            return response.send(lines.map(FakeAgent::bytes), _ -> true);
                        })
                .get(
                        "/stats/summary",
                        (request, response) -> {
                            note(request);
                            return response.sendString(Mono.just("{\"node\":{}}"));
                        })
                .post(
                        "/portForward/**",
                        (request, response) -> {
                            note(request);
                            return response.status(403).sendString(Mono.just("not here"));
                        })
                .ws(
                        "/exec/**",
                        (in, out) ->
                                out.sendObject(
                                        in.receive().retain().map(BinaryWebSocketFrame::new)),
                        spec)
                .ws(
                        "/attach/**/talker",
                        (in, out) ->
                                out.sendObject(
                                        Flux.range(0, 500)
                                                .map(
                                                        i ->
                                                                new BinaryWebSocketFrame(
                                                                        Unpooled.buffer()
                                                                                .writeInt(i)))),
                        spec)
                .ws(
                        "/portForward/**",
                        (in, out) ->
                                out.sendObject(
                                        Mono.just(
                                                new BinaryWebSocketFrame(
                                                        Unpooled.wrappedBuffer(
                                                                new byte[] {1, 2, 3})))),
                        spec);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private void note(HttpServerRequest request) {
        asked.add(request.uri());
        request.requestHeaders().forEach(each -> headers.add(each.getKey().toLowerCase()));
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
