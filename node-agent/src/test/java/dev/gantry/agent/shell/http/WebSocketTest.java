package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.shell.http.WebSocket.Form;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of a client, and those that it is sent. */
final class WebSocketTest {
    private static final String REQUEST =
            """
            GET /exec HTTP/1.1\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r
            \r
            """;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65535, 65536, 4 << 20})
    void carriesMessagesOfAllLengths(int length) throws Exception {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) 7);
        try (WebSocket socket = open(WebSocketClient.frame(new BinaryWebSocketFrame(), message))) {
            assertThat(socket.read()).hasValue(message);
            assertThat(socket.read()).isEmpty();
            socket.send(message);
        }
        assertThat(WebSocketClient.messages(afterHead())).containsExactly(message);
    }

    /** The example of RFC 6455, 1.3. */
    @Test
    void provesThatItUnderstoodTheRequest() throws Exception {
        open(new byte[0]).close();
        assertThat(sent.toString(UTF_8))
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .containsIgnoringCase("sec-websocket-protocol: v4.channel.k8s.io\r\n");
    }

    @Test
    void putsPartsTogetherAndAnswersAPingBetweenThem() throws Exception {
        byte[] frames =
                WebSocketClient.joined(
                        WebSocketClient.frame(
                                new BinaryWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER),
                                new byte[] {1}),
                        WebSocketClient.frame(new PingWebSocketFrame(), new byte[] {9}),
                        WebSocketClient.frame(
                                new ContinuationWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER),
                                new byte[] {2}));
        try (WebSocket socket = open(frames)) {
            assertThat(socket.read()).hasValue(new byte[] {1, 2});
        }
        // A pong, with what the ping carried.
        assertThat(afterHead()).containsExactly(0x8a, 1, 9);
    }

    @Test
    void saysGoodbyeOnceAndNothingAfterThat() throws Exception {
        WebSocketFrame goodbye = new CloseWebSocketFrame(1000, "");
        try (WebSocket socket = open(WebSocketClient.frame(goodbye, new byte[] {3, (byte) 232}))) {
            assertThat(socket.read()).isEmpty();
            socket.send(new byte[] {1});
            socket.finish();
        }
        assertThat(afterHead()).containsExactly(0x88, 2, 3, 232);
    }

    @Test
    void readsNoMessageThatIsTooLong() throws Exception {
        byte[] half = new byte[(2 << 20) + 1];
        byte[] frames =
                WebSocketClient.joined(
                        WebSocketClient.frame(
                                new BinaryWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER), half),
                        WebSocketClient.frame(
                                new ContinuationWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER),
                                half));
        try (WebSocket socket = open(frames)) {
            assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
        }
        byte[] whole = WebSocketClient.frame(new BinaryWebSocketFrame(), new byte[(4 << 20) + 1]);
        try (WebSocket socket = open(Arrays.copyOf(whole, 100))) {
            assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesFramesThatAreNotMasked() throws Exception {
        try (WebSocket socket = open(new byte[] {(byte) 0x82, 1, 7})) {
            assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
        }
    }

    /** Frames may come in the same packet as the request for the WebSocket. */
    private WebSocket open(byte[] frames) throws IOException, Refused {
        sent.reset();
        var in = new ByteArrayInputStream(WebSocketClient.joined(REQUEST.getBytes(UTF_8), frames));
        var exchange = new Exchange(new Socket(), in, sent, 4096);
        assertThat(exchange.read()).isPresent();
        assertThat(exchange.isForWebSocket()).isTrue();
        return exchange.upgrade("v4.channel.k8s.io", Form.BINARY);
    }

    private byte[] afterHead() {
        byte[] all = sent.toByteArray();
        int end = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return Arrays.copyOfRange(all, end + 4, all.length);
    }
}
