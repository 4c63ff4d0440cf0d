package dev.gantry.agent.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.codec.CodecStream;
import dev.gantry.agent.shell.http.WebSocket.Form;
import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.testkit.Fuzz;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends as a request or as frames is read, or ends the connection. */
@Timeout(120)
final class ExchangeFuzzTest {
    private static final int TIMES = 3_000;
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(50, 2 << 20);
    private static final Fuzz.Bound HEADS = new Fuzz.Bound(300, 2 << 20);

    @ParameterizedTest
    @MethodSource("seeds")
    void framesBecomeMessagesOrEndTheConnection(long seed) {
        new Fuzz(seed, samples(), words()).check(TIMES, BOUND, ExchangeFuzzTest::read);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void headsOfRequestsAreReadOrRefused(long seed) {
        List<byte[]> samples =
                texts(
                        "GET /exec/a/b/c?command=ls&command=-l&input=1&tty=true HTTP/1.1\r\nHost: n\r\n"
                                + "Upgrade: websocket\r\nSec-WebSocket-Protocol: v5.channel.k8s.io, v4\r\n\r\n",
                        "POST /portForward/a/b?port=80,443 HTTP/1.1\r\nConnection: Upgrade\r\n\r\n",
                        "GET /%2e%2e/%00?%=%&=&a HTTP/1.1\r\nA: b\r\nA: c\r\n\r\n");
        List<byte[]> words =
                texts(" ", "\r\n", "\r\n\r\n", "\n", ":", "%", "%2", "/", "?", "&", "=", ",,");
        new Fuzz(seed, samples, words).check(TIMES, HEADS, ExchangeFuzzTest::readRequests);
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private static void readRequests(byte[] bytes) {
        var exchange =
                new Exchange(
                        new Socket(),
                        new ByteArrayInputStream(bytes),
                        OutputStream.nullOutputStream(),
                        4096);
        try {
            for (var head = exchange.read();
                    head.isPresent() && exchange.isKeptAlive();
                    head = exchange.read()) {
                head.get().parameter("command");
                exchange.isForWebSocket();
            }
        } catch (IOException ended) {
            return;
        }
    }

    private static void read(byte[] bytes) throws IOException {
        var messages =
                new CodecStream(
                        new ByteArrayInputStream(bytes),
                        OutputStream.nullOutputStream(),
                        new HttpRequestDecoder(),
                        new HttpResponseEncoder());
        try (var socket = WebSocket.over(messages, new Socket(), Form.BINARY)) {
            int length = 0;
            try {
                for (Optional<byte[]> message = socket.read();
                        message.isPresent();
                        message = socket.read()) {
                    for (ChannelProtocol each : ChannelProtocol.values()) {
                        each.parse(message.get());
                    }
                    length += message.get().length;
                }
            } catch (IOException ended) {
                return;
            }
            assertThat(length).isLessThanOrEqualTo(bytes.length);
        }
    }

    /** Conversations: input, a message in parts with a ping between, a resize, and a goodbye. */
    private static List<byte[]> samples() {
        return List.of(
                WebSocketClient.joined(
                        WebSocketClient.frame(
                                new BinaryWebSocketFrame(), new byte[] {0, 'l', 's', '\n'}),
                        WebSocketClient.frame(
                                new BinaryWebSocketFrame(), "\u0004{\"Width\":80}".getBytes()),
                        WebSocketClient.frame(
                                new CloseWebSocketFrame(), new byte[] {3, (byte) 232})),
                WebSocketClient.joined(
                        WebSocketClient.frame(
                                new BinaryWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER),
                                new byte[300]),
                        WebSocketClient.frame(new PingWebSocketFrame(), new byte[] {1, 2}),
                        WebSocketClient.frame(
                                new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER),
                                new byte[0]),
                        WebSocketClient.frame(
                                new ContinuationWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER),
                                new byte[] {7})),
                WebSocketClient.frame(new TextWebSocketFrame(), new byte[70_000]),
                WebSocketClient.frame(new PongWebSocketFrame(), new byte[125]));
    }

    private static List<byte[]> words() {
        return Stream.of(
                        new int[] {0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
                        new int[] {0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
                        new int[] {0x82, 0xff, 0, 0, 0, 0, 0, 0x40, 0, 0},
                        new int[] {0x02, 0xfe, 0xff, 0xff},
                        new int[] {0x00, 0x80},
                        new int[] {0x89, 0xff},
                        new int[] {0xff, 0x80},
                        new int[] {0x88, 0x00})
                .map(ExchangeFuzzTest::bytes)
                .toList();
    }

    private static byte[] bytes(int[] numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }

    private static List<byte[]> texts(String... texts) {
        return Stream.of(texts).map(String::getBytes).toList();
    }
}
