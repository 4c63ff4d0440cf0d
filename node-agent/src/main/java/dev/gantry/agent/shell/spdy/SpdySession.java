package dev.gantry.agent.shell.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's side of SPDY/3.1 on a connection: opens streams, sends, and hands over what comes.
 *
 * <p>Compat: the runtimes' servers (moby/spdystream) keep no windows, so none are kept here; a slow
 * reader is felt through TCP. Netty does the frames and their header compression, without any of
 * its threads.
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
    private final EmbeddedChannel decoder =
            new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final EmbeddedChannel encoder =
            new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final ReentrantLock sending = new ReentrantLock();
    private int lastStream = -1;

    public SpdySession(Dialer.Connection connection) {
        this.connection = connection;
    }

    /** Opens a stream, whose headers say what it is for; their names are in lower case. */
    public int open(SortedMap<String, String> headers) throws IOException {
        sending.lock();
        try {
            lastStream += 2;
            var frame = new DefaultSpdySynStreamFrame(lastStream, 0, PRIORITY);
            headers.forEach((name, value) -> frame.headers().set(name, value));
            send(frame);
            return lastStream;
        } finally {
            sending.unlock();
        }
    }

    public void send(int stream, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += MAX_FRAME_BYTES) {
            int length = Math.min(MAX_FRAME_BYTES, bytes.length - from);
            send(new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes, from, length)));
        }
    }

    /** Nothing more will be sent on this stream. */
    public void end(int stream) throws IOException {
        var frame = new DefaultSpdyDataFrame(stream, Unpooled.EMPTY_BUFFER);
        frame.setLast(true);
        send(frame);
    }

    /** Reads until the server closes the connection. */
    public void read(Listener listener) throws IOException {
        byte[] buffer = new byte[MAX_FRAME_BYTES];
        while (true) {
            int count = connection.in().read(buffer);
            if (count < 0) {
                return;
            }
            decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
            for (Object frame = decoder.readInbound();
                    frame != null;
                    frame = decoder.readInbound()) {
                try {
                    deliver(frame, listener);
                } finally {
                    ReferenceCountUtil.release(frame);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void deliver(Object frame, Listener listener) throws IOException {
        switch (frame) {
            case SpdyDataFrame data -> {
                byte[] bytes = new byte[data.content().readableBytes()];
                data.content().readBytes(bytes);
                if (bytes.length > 0) {
                    listener.onData(data.streamId(), bytes);
                }
                if (data.isLast()) {
                    listener.onEnd(data.streamId());
                }
            }
            case SpdyRstStreamFrame reset -> listener.onEnd(reset.streamId());
            case SpdyPingFrame ping -> send(new DefaultSpdyPingFrame(ping.id()));
            default -> {
                // Replies to our streams, settings and windows ask for nothing.
            }
        }
    }

    private void send(Object frame) throws IOException {
        sending.lock();
        try {
            encoder.writeOutbound(frame);
            for (ByteBuf bytes = encoder.readOutbound();
                    bytes != null;
                    bytes = encoder.readOutbound()) {
                byte[] raw = new byte[bytes.readableBytes()];
                bytes.readBytes(raw);
                bytes.release();
                connection.out().write(raw);
            }
            connection.out().flush();
        } finally {
            sending.unlock();
        }
    }
}
