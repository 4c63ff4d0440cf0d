package dev.gantry.agent.shell.spdy;

import dev.gantry.agent.shell.codec.CodecStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's side of SPDY/3.1 on a connection: opens streams, sends, and hands over what comes.
 *
 * <p>Compat: the runtimes' servers (moby/spdystream) keep no windows, so none are kept here; a slow
 * reader is felt through TCP. Their WebSocket endpoint would not do: it knows no protocol newer
 * than v4, in which a client cannot end its input.
 */
public final class SpdySession implements AutoCloseable {
    private static final int MAX_FRAME_BYTES = 32768;
    private static final byte PRIORITY = 0;

    /** Hears what the server sends; called by the reading thread. */
    public interface Listener {
        void onData(int stream, byte[] bytes) throws IOException;

        /** The server sends nothing more on this stream. */
        void onEnd(int stream) throws IOException;
    }

    private final Dialer.Connection connection;
    private final CodecStream frames;
    private final ReentrantLock opening = new ReentrantLock();
    private int lastStream = -1;

    public SpdySession(Dialer.Connection connection) throws IOException {
        this.connection = connection;
        this.frames =
                new CodecStream(
                        connection.in(),
                        connection.out(),
                        new SpdyFrameCodec(SpdyVersion.SPDY_3_1),
                        new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    }

    /** Opens a stream, whose headers say what it is for; their names are in lower case. */
    public int open(SortedMap<String, String> headers) throws IOException {
        opening.lock();
        try {
            lastStream += 2;
            var frame = new DefaultSpdySynStreamFrame(lastStream, 0, PRIORITY);
            headers.forEach((name, value) -> frame.headers().set(name, value));
            frames.write(frame);
            return lastStream;
        } finally {
            opening.unlock();
        }
    }

    public void send(int stream, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += MAX_FRAME_BYTES) {
            int length = Math.min(MAX_FRAME_BYTES, bytes.length - from);
            frames.write(
                    new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes, from, length)));
        }
    }

    /** Nothing more will be sent on this stream. */
    public void end(int stream) throws IOException {
        var frame = new DefaultSpdyDataFrame(stream, Unpooled.EMPTY_BUFFER);
        frame.setLast(true);
        frames.write(frame);
    }

    /** Reads until the server closes the connection. */
    public void read(Listener listener) throws IOException {
        for (Object frame = frames.read(); frame != null; frame = frames.read()) {
            deliver(frame, listener);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void deliver(Object frame, Listener listener) throws IOException {
        switch (frame) {
            case SpdyDataFrame data -> {
                byte[] bytes = ByteBufUtil.getBytes(data.content());
                if (bytes.length > 0) {
                    listener.onData(data.streamId(), bytes);
                }
                if (data.isLast()) {
                    listener.onEnd(data.streamId());
                }
            }
            case SpdyRstStreamFrame reset -> listener.onEnd(reset.streamId());
            case SpdyPingFrame ping -> frames.write(new DefaultSpdyPingFrame(ping.id()));
            default -> {
                // Replies to our streams, settings and windows ask for nothing.
            }
        }
    }
}
