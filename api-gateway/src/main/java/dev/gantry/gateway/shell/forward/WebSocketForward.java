package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Unreachable;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.model.refusal.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * Joins two WebSockets, frame by frame. The far one is opened first, so that the client learns of a
 * refusal as a Status and not as a broken connection, and speaks the protocol that the far end
 * chose. Spring Cloud Gateway's filter does it the other way round, which suits neither.
 */
final class WebSocketForward {
    private static final int FRAME_BYTES = 4 << 20;
    private static final int FRAMES_AHEAD = 8;
    private static final WebSocketCloseStatus BROKEN = WebSocketCloseStatus.INTERNAL_SERVER_ERROR;

    private final Backends backends;

    WebSocketForward(Backends backends) {
        this.backends = backends;
    }

    /** To an extension server. */
    Publisher<Void> extension(
            Answer.Aggregated to,
            HttpClient client,
            HttpServerRequest request,
            HttpServerResponse response) {
        return open(client, to.place(), request)
                .flatMap(far -> join(far, response))
                .onErrorResume(
                        WebSocketClientHandshakeException.class, refused -> echo(refused, response))
                .onErrorResume(
                        Exception.class,
                        fault -> ExtensionForward.unreachable(to, fault, response));
    }

    /** Into a pod, through its agent. */
    Publisher<Void> connect(
            Place.At place,
            String complaint,
            HttpServerRequest request,
            HttpServerResponse response) {
        return open(place, request)
                .flatMap(far -> join(far, response))
                .onErrorResume(
                        Exception.class,
                        fault -> Refusals.write(unconnected(place, complaint, fault), response));
    }

    /** Compat: a backend that does not upgrade is echoed, or refused in its name. */
    Publisher<Void> proxy(Place.At place, HttpServerRequest request, HttpServerResponse response) {
        return open(place, request)
                .flatMap(far -> join(far, response))
                .onErrorResume(
                        WebSocketClientHandshakeException.class, refused -> echo(refused, response))
                .onErrorResume(
                        Exception.class,
                        fault ->
                                Refusals.write(
                                        Unreachable.service(place.authority(), fault), response));
    }

    private Mono<? extends Connection> open(Place.At place, HttpServerRequest request) {
        HttpClient client =
                backends.to(place).headers(headers -> RequestHeaders.pass(request, headers));
        return open(client, place, request);
    }

    private static Mono<? extends Connection> open(
            HttpClient client, Place.At place, HttpServerRequest request) {
        String protocols =
                String.join(
                        ",",
                        request.requestHeaders().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
        var builder = WebsocketClientSpec.builder().maxFramePayloadLength(FRAME_BYTES);
        if (!protocols.isEmpty()) {
            builder.protocols(protocols);
        }
        return client.websocket(builder.build()).uri(place.pathAndQuery()).connect();
    }

    private static Mono<Void> echo(
            WebSocketClientHandshakeException refused, HttpServerResponse response) {
        int code = refused.response() == null ? 0 : refused.response().status().code();
        if (code < 400) {
            return Refusals.write(
                    new Refusal.Internal("invalid upgrade response: status code " + code),
                    response);
        }
        return response.status(code).send().then();
    }

    private static Mono<Void> join(Connection far, HttpServerResponse response) {
        var farIn = (WebsocketInbound) far.inbound();
        var farOut = (WebsocketOutbound) far.outbound();
        String protocol = farIn.selectedSubprotocol();
        var builder = WebsocketServerSpec.builder().maxFramePayloadLength(FRAME_BYTES);
        if (protocol != null) {
            builder.protocols(protocol);
        }
        // Both directions are waited for: closing one ends the other, and cancelling a closing
        // frame
        // on its way breaks the connection instead.
        // The Mono of sendWebsocket ends with the handshake, that of the frames with the
        // connection.
        return response.sendWebsocket(
                        (in, out) ->
                                Mono.when(carry(farIn, out), carry(in, farOut))
                                        .doFinally(_ -> far.dispose()),
                        builder.build())
                .doOnError(_ -> far.dispose())
                .doOnCancel(far::dispose);
    }

    /**
     * Frames until the sender is done, and then the reason it gave.
     *
     * <p>Invariant: a receiver that is gone never cancels its sender: reactor-netty would close the
     * sender's socket at once, and frames on their way the other way would be lost. The other
     * direction ends when it has delivered them.
     */
    private static Mono<Void> carry(WebsocketInbound in, WebsocketOutbound out) {
        return in.receiveFrames()
                .map(WebSocketFrame::retain)
                .concatMap(frame -> out.sendObject(frame).then().onErrorComplete(), FRAMES_AHEAD)
                .doOnDiscard(WebSocketFrame.class, WebSocketFrame::release)
                .onErrorComplete()
                .then(in.receiveCloseStatus().defaultIfEmpty(BROKEN))
                .flatMap(status -> out.sendClose(sendable(status).code(), status.reasonText()))
                .onErrorComplete();
    }

    /** Some codes only say that none was sent. */
    private static WebSocketCloseStatus sendable(WebSocketCloseStatus status) {
        return switch (status.code()) {
            case 1005 -> WebSocketCloseStatus.NORMAL_CLOSURE;
            case 1006, 1015 -> BROKEN;
            default -> status;
        };
    }

    private static Refusal unconnected(Place.At place, String complaint, Exception fault) {
        if (!(fault instanceof WebSocketClientHandshakeException refused)
                || refused.response() == null) {
            return Unreachable.dialed(place.authority(), fault);
        }
        int code = refused.response().status().code();
        String why =
                code == 404 && !complaint.isEmpty()
                        ? complaint
                        : refused.response().status().toString();
        return new Refusal.Internal(
                "Internal error occurred: unable to upgrade connection: " + why);
    }
}
