package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/**
 * The beginning of a WebSocket (RFC 6455), which is Netty's answer without the pipeline that it
 * manages, or of SPDY. Compat: {@code apimachinery/pkg/util/httpstream/spdy/upgrade.go}.
 */
final class Handshake {
    private Handshake() {}

    static boolean isForSpdy(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE, SpdyUpgrade.SPDY, true);
    }

    /**
     * @param protocol empty where the client named none
     */
    static FullHttpResponse answerSpdy(String protocol) {
        var answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SWITCHING_PROTOCOLS,
                        Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, SpdyUpgrade.SPDY);
        if (!protocol.isEmpty()) {
            answer.headers().set(SpdyUpgrade.PROTOCOL, protocol);
        }
        return answer;
    }

    static boolean isForWebSocket(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    /**
     * @param protocol empty where the client named none
     */
    static FullHttpResponse answerWebSocket(HttpRequest request, String protocol) throws Refused {
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
