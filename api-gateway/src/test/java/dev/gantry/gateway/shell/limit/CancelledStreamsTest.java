package dev.gantry.gateway.shell.limit;

import static dev.gantry.gateway.shell.limit.Http2Frames.END_STREAM;
import static dev.gantry.gateway.shell.limit.Http2Frames.data;
import static dev.gantry.gateway.shell.limit.Http2Frames.headers;
import static dev.gantry.gateway.shell.limit.Http2Frames.reset;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes as a client sends them, through Netty's own HTTP/2 codec. */
class CancelledStreamsTest {
    /** The first stream would be that of an upgrade: Netty tells servers by their parent only. */
    private static final int FIRST_STREAM = 3;

    private final List<String> begun = new ArrayList<>();
    private boolean isStranger = true;
    private final EmbeddedChannel server = server();

    @Test
    void aRequestBeginsOnceWhatCameWithItHasBeenRead() {
        send(headers(3, END_STREAM), headers(5, 0), data(5, "abc"), data(5, "d"));
        assertThat(begun).containsExactly("3", "5", "5 has 3 bytes", "5 has 1 bytes");
        send(data(5, "ef"), headers(7, END_STREAM));
        assertThat(begun).endsWith("5 has 2 bytes", "7");
    }

    @Test
    void aRequestThatIsCancelledWithWhatItCameWithNeverBegins() {
        send(headers(3, END_STREAM), reset(3), headers(5, 0), data(5, "abc"), reset(5));
        send(headers(7, END_STREAM));
        assertThat(begun).containsExactly("7");
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void theWindowOfAConnectionIsGivenBackWithWhatNeverBegan() {
        isStranger = false;
        String large = "x".repeat(16_000);
        for (int stream = FIRST_STREAM; stream < 103; stream += 2) {
            send(headers(stream, 0), data(stream, large), reset(stream));
        }
        send(headers(201, 0), data(201, large));
        assertThat(begun).containsExactly("201", "201 has 16000 bytes");
    }

    @Test
    void aStrangerWhoCancelsManyIsSentAway() {
        List<byte[]> flood = flood(CancelledStreams.MOST_OF_STRANGER - 1);
        send(flood.toArray(byte[][]::new));
        assertThat(server.isOpen()).isTrue();
        // Another one, which comes with a request that is meant.
        send(headers(1001, 0), reset(1001), headers(1003, END_STREAM));
        assertThat(server.isOpen()).isFalse();
        assertThat(begun).isEmpty();
        assertThat(lastSent(Http2FrameTypes.GO_AWAY, 0, 4))
                .isEqualTo(Http2Error.ENHANCE_YOUR_CALM.code());
    }

    @Test
    void whoIsKnownMayCancelMore() {
        isStranger = false;
        send(flood(3 * CancelledStreams.MOST_OF_STRANGER).toArray(byte[][]::new));
        send(headers(1001, END_STREAM));
        assertThat(begun).containsExactly("1001");
    }

    @Test
    void aRequestThatIsMalformedAfterItsHeadersEndsAlone() {
        isStranger = false;
        // It promises two bytes and ends after three: an error of the stream, before it began.
        byte[] length = {0x5c, 0x01, '2'};
        send(Http2Frames.headers(3, 0, length), data(3, "abc"));
        assertThat(lastSent(Http2FrameTypes.RST_STREAM, 3, 0))
                .isEqualTo(Http2Error.PROTOCOL_ERROR.code());
        send(headers(5, END_STREAM));
        assertThat(begun).contains("5");
        assertThat(server.isOpen()).isTrue();
    }

    private static List<byte[]> flood(int streams) {
        List<byte[]> flood = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            flood.add(headers(2 * i + FIRST_STREAM, END_STREAM));
            flood.add(reset(2 * i + FIRST_STREAM));
        }
        return flood;
    }

    private EmbeddedChannel server() {
        var channel =
                new EmbeddedChannel(
                        Http2FrameCodecBuilder.forServer().build(),
                        new CancelledStreams(_ -> isStranger).handler(),
                        new Http2MultiplexHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Noting());
                                    }
                                }));
        channel.writeInbound(Unpooled.wrappedBuffer(Http2Frames.greeting()));
        return channel;
    }

    private final class Noting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            begun.add(described(message));
            ReferenceCountUtil.release(message);
        }

        private static String described(Object message) {
            return switch (message) {
                case Http2DataFrame data ->
                        data.stream().id() + " has " + data.content().readableBytes() + " bytes";
                case Http2HeadersFrame headers -> Integer.toString(headers.stream().id());
                default -> message.toString();
            };
        }
    }

    private void send(byte[]... frames) {
        server.writeInbound(Unpooled.wrappedBuffer(frames));
        server.runPendingTasks();
    }

    /** The number at the offset of the last such frame that was sent on the stream; -1 if none. */
    private long lastSent(byte type, int stream, int offset) {
        ByteBuf sent = Unpooled.buffer();
        for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
            sent.writeBytes(out);
            out.release();
        }
        long found = -1;
        while (sent.isReadable()) {
            int length = sent.readUnsignedMedium();
            byte each = sent.readByte();
            sent.skipBytes(1);
            boolean isIt = sent.readInt() == stream && each == type;
            found = isIt ? sent.getUnsignedInt(sent.readerIndex() + offset) : found;
            sent.skipBytes(length);
        }
        return found;
    }
}
