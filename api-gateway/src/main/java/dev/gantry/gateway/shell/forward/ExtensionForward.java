package dev.gantry.gateway.shell.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.gateway.shell.aggregation.ExtensionClients;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Unreachable;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request to an extension server and the answer back, each piece as it comes: watches are
 * streams. Who asks is said in headers.
 */
final class ExtensionForward {
    private final ExtensionClients clients;

    ExtensionForward(ExtensionClients clients) {
        this.clients = clients;
    }

    Publisher<Void> forward(
            Answer.Aggregated to, HttpServerRequest request, HttpServerResponse response) {
        HttpClient.RequestSender sender =
                clients.to(to.place(), to.trust())
                        .headers(
                                headers -> {
                                    RequestHeaders.pass(request, headers);
                                    identify(to, headers);
                                })
                        .request(request.method())
                        .uri(to.place().pathAndQuery());
        HttpClient.ResponseReceiver<?> receiver =
                ClientHeaders.haveBody(request.requestHeaders())
                        ? sender.send(request.receive().retain())
                        : sender;
        return receiver.response((far, body) -> answer(far, body, request.method(), response))
                .onErrorResume(
                        Exception.class,
                        fault ->
                                response.hasSentHeaders()
                                        ? Flux.error(fault)
                                        : complain(
                                                Unreachable.service(to.place().authority(), fault)
                                                        .message(),
                                                response));
    }

    /** Who asks whom. Compat: the Host header is the server's, as in the URL of its Service. */
    static void identify(Answer.Aggregated to, HttpHeaders headers) {
        headers.set(HttpHeaderNames.HOST, to.trust().name());
        to.headers().forEach(headers::set);
    }

    private static Publisher<Void> answer(
            HttpClientResponse far,
            ByteBufFlux body,
            HttpMethod method,
            HttpServerResponse response) {
        ProxyForward.passHead(far.status(), far.responseHeaders(), response);
        return method.equals(HttpMethod.HEAD) || ProxyForward.isBodiless(far.status().code())
                ? body.then().then(response.send().then())
                : response.send(body.retain(), _ -> true);
    }

    /** Compat: {@code responder} of the aggregator speaks in plain text. */
    static Mono<Void> complain(String why, HttpServerResponse response) {
        byte[] words = (why + "\n").getBytes(UTF_8);
        HttpHeaders headers = response.responseHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(words.length));
        return response.status(503).sendObject(Unpooled.wrappedBuffer(words)).then();
    }
}
