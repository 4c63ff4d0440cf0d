package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.exchange.Unreachable;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Locale;
import java.util.Map;
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

    private final HttpClient client;

    WebSocketForward(HttpClient client) {
        this.client = client;
    }

    Publisher<Void> forward(
            Answer.Forward target, HttpServerRequest request, HttpServerResponse response) {
        HttpHeaders asked = request.requestHeaders();
        String protocols = String.join(",", asked.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
        var builder = WebsocketClientSpec.builder().maxFramePayloadLength(FRAME_BYTES);
        if (!protocols.isEmpty()) {
            builder.protocols(protocols);
        }
        return client.headers(headers -> pass(asked, headers))
                .websocket(builder.build())
                .uri(target.target())
                .connect()
                .flatMap(far -> join(far, response))
                .onErrorResume(Exception.class, fault -> refuse(refusal(target, fault), response));
    }

    /** What belongs to the handshake with the client is not part of the one with the far end. */
    private static void pass(HttpHeaders asked, HttpHeaders headers) {
        for (Map.Entry<String, String> each : asked) {
            switch (each.getKey().toLowerCase(Locale.ROOT)) {
                case "host", "connection", "upgrade", "content-length", "origin" -> {
                    // Of this hop only.
                }
                default -> {
                    if (!each.getKey().regionMatches(true, 0, "sec-websocket-", 0, 14)) {
                        headers.add(each.getKey(), each.getValue());
                    }
                }
            }
        }
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

    private static Refusal refusal(Answer.Forward target, Exception fault) {
        if (!(fault instanceof WebSocketClientHandshakeException refused)
                || refused.response() == null) {
            return Unreachable.dialed(target.target().getAuthority(), fault);
        }
        int code = refused.response().status().code();
        String why =
                code == 404 && !target.complaint().isEmpty()
                        ? target.complaint()
                        : refused.response().status().toString();
        return new Refusal.Internal(
                "Internal error occurred: unable to upgrade connection: " + why);
    }

    private static Mono<Void> refuse(Refusal why, HttpServerResponse response) {
        if (response.hasSentHeaders()) {
            return Mono.empty();
        }
        var reply = (ApiReply.Whole) Replies.refusal(why);
        return response.status(reply.code())
                .header(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length))
                .sendObject(Unpooled.wrappedBuffer(reply.body()))
                .then();
    }
}
