package dev.gantry.gateway.shell.limit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.nio.charset.StandardCharsets;

/** What a client of HTTP/2 sends, frame by frame, so that tests can send what no library would. */
public final class Http2Frames {
    public static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** GET https / by HPACK's static table. */
    private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x87, (byte) 0x84};

    private Http2Frames() {}

    /** What comes first on each connection. */
    public static byte[] greeting() {
        byte[] settings = frame(Http2FrameTypes.SETTINGS, 0, 0, new byte[0]);
        return bytes(
                Unpooled.wrappedBuffer(
                        Http2CodecUtil.connectionPrefaceBuf(), Unpooled.wrappedBuffer(settings)));
    }

    /** A GET of the root, and more fields as HPACK writes them. */
    public static byte[] headers(int stream, int flags, byte... more) {
        byte[] block = bytes(Unpooled.wrappedBuffer(REQUEST, more));
        return frame(Http2FrameTypes.HEADERS, END_HEADERS | flags, stream, block);
    }

    public static byte[] data(int stream, String text) {
        return frame(Http2FrameTypes.DATA, 0, stream, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Cancels the stream. */
    public static byte[] reset(int stream) {
        byte[] code = bytes(Unpooled.buffer().writeInt((int) Http2Error.CANCEL.code()));
        return frame(Http2FrameTypes.RST_STREAM, 0, stream, code);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return bytes(
                Unpooled.buffer()
                        .writeMedium(payload.length)
                        .writeByte(type)
                        .writeByte(flags)
                        .writeInt(stream)
                        .writeBytes(payload));
    }

    private static byte[] bytes(ByteBuf buffer) {
        return ByteBufUtil.getBytes(buffer);
    }
}
