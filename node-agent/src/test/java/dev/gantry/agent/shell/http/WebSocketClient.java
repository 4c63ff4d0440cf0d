package dev.gantry.agent.shell.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a client's frames, and the messages in those that it receives. */
final class WebSocketClient {
    private static final int MAX_FRAME_BYTES = 8 << 20;

    private WebSocketClient() {}

    /**
     * Masked, as a client has to send it.
     *
     * @param kind says what frame it is; its own content does not count
     */
    static byte[] frame(WebSocketFrame kind, byte[] payload) {
        var channel = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
        channel.writeOutbound(kind.replace(Unpooled.wrappedBuffer(payload)));
        var bytes = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes.writeBytes(ByteBufUtil.getBytes(part));
        }
        return bytes.toByteArray();
    }

    static List<byte[]> messages(byte[] received) {
        var channel =
                new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, MAX_FRAME_BYTES));
        channel.writeInbound(Unpooled.wrappedBuffer(received));
        List<byte[]> found = new ArrayList<>();
        for (WebSocketFrame frame = channel.readInbound();
                frame != null;
                frame = channel.readInbound()) {
            found.add(ByteBufUtil.getBytes(frame.content()));
        }
        return found;
    }

    static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
