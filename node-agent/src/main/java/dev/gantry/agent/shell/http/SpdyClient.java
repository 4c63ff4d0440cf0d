package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.codec.CodecStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** A client that speaks SPDY from here on. */
final class SpdyClient implements RawClient {
    private final CodecStream bytes;
    private final Socket socket;

    private SpdyClient(CodecStream bytes, Socket socket) {
        this.bytes = bytes;
        this.socket = socket;
    }

    /** To be called once the client's request for it has been answered. */
    static SpdyClient over(CodecStream messages, Socket socket) throws IOException {
        socket.setSoTimeout((int) RawTunnel.IDLE.toMillis());
        messages.become(new ChannelOutboundHandlerAdapter(), new AsTheyCome());
        return new SpdyClient(messages, socket);
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        return Optional.ofNullable((ByteBuf) bytes.read()).map(ByteBufUtil::getBytes);
    }

    @Override
    public void send(byte[] sent) throws IOException {
        bytes.write(Unpooled.wrappedBuffer(sent));
    }

    @Override
    public void finish() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * Bytes are messages. None are no message: the codec asks with none for what was read ahead.
     */
    private static final class AsTheyCome extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf some && some.isReadable()) {
                context.fireChannelRead(message);
            }
        }
    }
}
