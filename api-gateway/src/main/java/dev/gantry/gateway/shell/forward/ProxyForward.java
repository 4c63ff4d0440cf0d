package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.proxy.PassedHeaders;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Pacing;
import dev.gantry.gateway.shell.exchange.Unreachable;
import dev.gantry.gateway.shell.reach.Backends;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request of the proxies to its backend and the answer back: methods, bodies, query, status and
 * headers as they are, but for what concerns one hop only. Links come back as links through the
 * proxy, in Location and in HTML.
 */
final class ProxyForward {
    private final Backends backends;
    private final Executor workers;

    ProxyForward(Backends backends, Executor workers) {
        this.backends = backends;
        this.workers = workers;
    }

    Publisher<Void> forward(
            Answer.Proxy proxy,
            HttpServerRequest request,
            HttpServerResponse response,
            Pacing pacing) {
        Place.At place = proxy.place();
        HttpClient.RequestSender sender =
                backends.to(place)
                        .headers(
                                headers -> {
                                    RequestHeaders.pass(request, headers);
                                    RequestHeaders.addOrigin(
                                            proxy.links().prefix(), place, headers);
                                })
                        .request(request.method())
                        .uri(place.pathAndQuery());
        HttpClient.ResponseReceiver<?> receiver =
                ClientHeaders.haveBody(request.requestHeaders())
                        ? sender.send(request.receive().retain())
                        : sender;
        return receiver.response(
                        (far, body) ->
                                answer(proxy, far, body, new Sending(request, response, pacing)))
                .onErrorResume(
                        Exception.class,
                        fault ->
                                response.hasSentHeaders()
                                        ? Flux.error(fault)
                                        : Refusals.write(
                                                Unreachable.service(place.authority(), fault),
                                                response));
    }

    private record Sending(HttpServerRequest request, HttpServerResponse response, Pacing pacing) {}

    private Publisher<Void> answer(
            Answer.Proxy proxy, HttpClientResponse far, ByteBufFlux body, Sending sending) {
        HttpServerResponse response = sending.response;
        HttpMethod method = sending.request.method();
        HttpHeaders headers = passHead(far.status(), far.responseHeaders(), response);
        String location = headers.get(HttpHeaderNames.LOCATION, "");
        if (!location.isEmpty()) {
            headers.set(HttpHeaderNames.LOCATION, proxy.links().turned(location));
        }
        if (method.equals(HttpMethod.HEAD) || isBodiless(far.status().code())) {
            return body.then().then(response.send().then());
        }
        Optional<TurnedPage.Coding> coding = TurnedPage.codingOf(headers);
        if (coding.isEmpty() || !location.isEmpty()) {
            Flux<byte[]> pieces = body.asByteArray();
            return response.send(
                    Flux.defer(() -> sending.pacing.pace(ArrivingFrames.of(pieces))), _ -> true);
        }
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        var page = new TurnedPage(body, coding.get(), proxy.links());
        return response.send(
                Flux.generate(page::step)
                        .doFinally(_ -> page.close())
                        .subscribeOn(Schedulers.fromExecutor(workers)),
                _ -> true);
    }

    /** The status, and the headers that do not concern one hop only. */
    static HttpHeaders passHead(
            HttpResponseStatus status, HttpHeaders far, HttpServerResponse response) {
        response.status(status);
        HttpHeaders headers = response.responseHeaders();
        var passed = new PassedHeaders(far.getAll(HttpHeaderNames.CONNECTION));
        for (Map.Entry<String, String> each : far) {
            if (passed.toClient(each.getKey())) {
                headers.add(each.getKey(), each.getValue());
            }
        }
        return headers;
    }

    static boolean isBodiless(int code) {
        return code == 204 || code == 304;
    }
}
