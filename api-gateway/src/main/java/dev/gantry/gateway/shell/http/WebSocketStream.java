package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.node.ReaderProtocol;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.request.ApiRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * A stream that only goes to the client, as messages of a WebSocket: logs, and the events of a
 * watch. What the client says is not listened to; when it leaves, the stream ends.
 *
 * <p>Compat: {@code wsstream/stream.go} for logs, whose first message is empty; {@code
 * endpoints/handlers/watch.go} for watches, with a message for each event.
 */
final class WebSocketStream {
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final WebSocketCloseStatus NORMAL = WebSocketCloseStatus.NORMAL_CLOSURE;
    private static final int HEARD_BYTES = 64 << 10;

    private final Executor workers;

    WebSocketStream(Executor workers) {
        this.workers = workers;
    }

    /** A long list is a stream too, but one of no use in pieces. */
    static boolean concerns(ApiRequest api) {
        return api.verb().equals("watch") || api.subresource().equals("log");
    }

    Publisher<Void> write(
            ApiReply.Streaming stream,
            Outlet outlet,
            Incoming incoming,
            HttpServerResponse response) {
        List<String> offered =
                incoming.all("sec-websocket-protocol").stream()
                        .flatMap(each -> Stream.of(each.split(",")))
                        .map(String::strip)
                        .toList();
        if (incoming.api().verb().equals("watch")) {
            boolean isText = !stream.contentType().contains("protobuf");
            Function<ByteBuf, WebSocketFrame> framing =
                    isText ? TextWebSocketFrame::new : BinaryWebSocketFrame::new;
            String protocol = offered.isEmpty() ? "" : offered.getFirst();
            return send(protocol, frames(stream, outlet, framing), response);
        }
        Optional<ReaderProtocol> protocol = ReaderProtocol.choose(offered);
        if (protocol.isEmpty()) {
            stream.frames().close();
            return response.status(403).send();
        }
        Function<ByteBuf, WebSocketFrame> framing =
                protocol.get().isBase64() ? WebSocketStream::base64 : BinaryWebSocketFrame::new;
        Flux<WebSocketFrame> opening = Flux.just(framing.apply(Unpooled.EMPTY_BUFFER));
        Flux<WebSocketFrame> all = opening.concatWith(frames(stream, outlet, framing));
        return send(protocol.get().wire(), all, response);
    }

    private Flux<WebSocketFrame> frames(
            ApiReply.Streaming stream, Outlet outlet, Function<ByteBuf, WebSocketFrame> framing) {
        return Flux.from(new FramePump(stream.frames(), outlet, workers)).map(framing);
    }

    private static Publisher<Void> send(
            String protocol, Flux<WebSocketFrame> frames, HttpServerResponse response) {
        var spec = WebsocketServerSpec.builder().maxFramePayloadLength(HEARD_BYTES);
        if (!protocol.isEmpty()) {
            spec.protocols(protocol);
        }
        return response.sendWebsocket((in, out) -> converse(in, out, frames), spec.build());
    }

    /**
     * The client's answer to the goodbye is awaited, or its end of the connection might be lost.
     */
    private static Publisher<Void> converse(
            WebsocketInbound in, WebsocketOutbound out, Flux<WebSocketFrame> frames) {
        Mono<Void> left = in.receiveFrames().then().onErrorComplete();
        Mono<Void> sent =
                out.sendObject(frames, _ -> true)
                        .then()
                        .onErrorComplete()
                        .then(Mono.defer(() -> out.sendClose(NORMAL.code(), NORMAL.reasonText())))
                        .then(Mono.delay(FAREWELL))
                        .then();
        return Mono.firstWithSignal(left, sent);
    }

    private static WebSocketFrame base64(ByteBuf bytes) {
        try {
            return new TextWebSocketFrame(Base64.encode(bytes, false));
        } finally {
            bytes.release();
        }
    }
}
