package dev.gantry.agent.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.FrameHead;
import dev.gantry.testkit.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends as frames comes as messages, or ends the connection. */
@Timeout(120)
final class WebSocketFuzzTest {
    private static final int TIMES = 3_000;
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(50, 2 << 20);

    @ParameterizedTest
    @MethodSource("seeds")
    void framesBecomeMessagesOrEndTheConnection(long seed) {
        new Fuzz(seed, samples(), words()).check(TIMES, BOUND, WebSocketFuzzTest::read);
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private static void read(byte[] bytes) throws IOException {
        try (var socket =
                new WebSocket(
                        new Socket(),
                        new ByteArrayInputStream(bytes),
                        OutputStream.nullOutputStream(),
                        FrameHead.BINARY)) {
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
                joined(
                        masked(true, FrameHead.BINARY, new byte[] {0, 'l', 's', '\n'}),
                        masked(true, FrameHead.BINARY, "\u0004{\"Width\":80}".getBytes()),
                        masked(true, FrameHead.CLOSE, new byte[] {3, (byte) 232})),
                joined(
                        masked(false, FrameHead.BINARY, new byte[300]),
                        masked(true, FrameHead.PING, new byte[] {1, 2}),
                        masked(false, FrameHead.CONTINUATION, new byte[0]),
                        masked(true, FrameHead.CONTINUATION, new byte[] {7})),
                masked(true, FrameHead.TEXT, new byte[70_000]),
                FrameHead.frame(FrameHead.PONG, new byte[125]));
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
                .map(WebSocketFuzzTest::bytes)
                .toList();
    }

    private static byte[] bytes(int[] numbers) {
        var bytes = new ByteArrayOutputStream();
        for (int each : numbers) {
            bytes.write(each);
        }
        return bytes.toByteArray();
    }

    /** As a client has to send it. */
    private static byte[] masked(boolean isLast, int opcode, byte[] payload) {
        byte[] plain = FrameHead.frame(opcode, payload);
        int head = plain.length - payload.length;
        byte[] key = new byte[4];
        new Random(payload.length).nextBytes(key);
        FrameHead.mask(payload, key);
        byte[] frame = joined(java.util.Arrays.copyOf(plain, head), key, payload);
        frame[0] = (byte) (opcode | (isLast ? 0x80 : 0));
        frame[1] |= (byte) 0x80;
        return frame;
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
