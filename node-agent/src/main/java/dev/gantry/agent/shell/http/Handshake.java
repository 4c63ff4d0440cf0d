package dev.gantry.agent.shell.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/**
 * The beginning of a WebSocket (RFC 6455): Netty's answer, without the pipeline that it manages.
 */
final class Handshake {
    private Handshake() {}

    static boolean isAskedFor(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    /**
     * @param protocol empty where the client named none
     */
    static FullHttpResponse answer(HttpRequest request, String protocol) throws Refused {
        try {
            FullHttpResponse answer = new Answering().answer(request);
            if (!protocol.isEmpty()) {
                answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, protocol);
            }
            return answer;
        } catch (WebSocketHandshakeException malformed) {
            throw new Refused(400, String.valueOf(malformed.getMessage()));
        }
    }

    private static final class Answering extends WebSocketServerHandshaker13 {
        Answering() {
            super("", null, WebSocketDecoderConfig.newBuilder().build());
        }

        FullHttpResponse answer(HttpRequest request) {
            FullHttpRequest whole =
                    new DefaultFullHttpRequest(
                            request.protocolVersion(),
                            request.method(),
                            request.uri(),
                            Unpooled.EMPTY_BUFFER,
                            request.headers(),
                            EmptyHttpHeaders.INSTANCE);
            return newHandshakeResponse(whole, EmptyHttpHeaders.INSTANCE);
        }
    }
}
