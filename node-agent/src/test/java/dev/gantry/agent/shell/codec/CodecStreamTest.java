package dev.gantry.agent.shell.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodecStreamTest {
    @Test
    void whatAnEncoderTookOutsideTheHeapIsGivenBackOnceItIsSent() throws IOException {
        var encoder = new DirectEncoder();
        var sent = new ByteArrayOutputStream();
        var stream =
                new CodecStream(
                        InputStream.nullInputStream(),
                        sent,
                        new ChannelInboundHandlerAdapter(),
                        encoder);
        stream.write("one ");
        stream.write("two");
        assertThat(sent.toString(UTF_8)).isEqualTo("one two");
        assertThat(encoder.made).hasSize(2).allMatch(each -> each.refCnt() == 0);
    }

    @Test
    void dataFramesArriveAsTheyWereSent() throws IOException {
        var sent = new ByteArrayOutputStream();
        spdy(InputStream.nullInputStream(), sent)
                .write(new DefaultSpdyDataFrame(1, Unpooled.copiedBuffer("through", UTF_8)));
        Object read = spdy(new ByteArrayInputStream(sent.toByteArray()), sent).read();
        assertThat(read)
                .isInstanceOfSatisfying(
                        SpdyDataFrame.class,
                        frame -> assertThat(frame.content().toString(UTF_8)).isEqualTo("through"));
    }

    private static CodecStream spdy(InputStream in, ByteArrayOutputStream out) {
        return new CodecStream(
                in,
                out,
                new SpdyFrameCodec(SpdyVersion.SPDY_3_1),
                new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    }

    /** As the encoder of SPDY, which wants memory that the kernel can read. */
    private static final class DirectEncoder extends MessageToMessageEncoder<String> {
        final List<ByteBuf> made = new ArrayList<>();

        @Override
        protected void encode(ChannelHandlerContext context, String message, List<Object> out) {
            ByteBuf bytes = context.alloc().directBuffer();
            bytes.writeCharSequence(message, UTF_8);
            made.add(bytes);
            out.add(bytes);
        }
    }
}
