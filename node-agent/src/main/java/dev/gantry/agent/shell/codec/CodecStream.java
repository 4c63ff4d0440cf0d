package dev.gantry.agent.shell.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a protocol over a pair of streams: Netty's codecs, without any of its threads. One
 * thread reads, any may write; both block, so that a slow peer slows its sender.
 *
 * <p>Invariant: the two directions share no lock. A peer that does not read what it is sent is
 * still read from.
 *
 * <p>Messages to be written, and those that are read, lie on the heap and are left to the garbage
 * collector. What an encoder makes of them is released here: some ask for memory outside the heap,
 * which no collector gives back.
 */
public final class CodecStream {
    /** As much as a record of TLS holds. */
    private static final int READ_BYTES = 16384;

    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[READ_BYTES];
    private final EmbeddedChannel decoder;
    private final EmbeddedChannel encoder;
    private final ReentrantLock writing = new ReentrantLock();

    public CodecStream(
            InputStream in, OutputStream out, ChannelHandler decoder, ChannelHandler encoder) {
        this.in = in;
        this.out = out;
        this.decoder = channel(decoder);
        this.encoder = channel(encoder);
    }

    private static EmbeddedChannel channel(ChannelHandler codec) {
        var channel = new EmbeddedChannel(codec);
        channel.config().setAllocator(HEAP);
        return channel;
    }

    /** The next message; null where the peer has ended the stream. */
    public @Nullable Object read() throws IOException {
        // A decoder that decodes one message at a time may hold the bytes of the next.
        Object message = decoded(Unpooled.EMPTY_BUFFER);
        while (message == null) {
            int count = in.read(buffer);
            if (count < 0) {
                return null;
            }
            message = decoded(Unpooled.copiedBuffer(buffer, 0, count));
        }
        return message;
    }

    /** Reads and ignores whatever still comes, until the peer ends the stream. */
    public void skipToEnd() throws IOException {
        while (in.read(buffer) >= 0) {
            continue;
        }
    }

    /** Sends at once, in one piece. */
    public void write(Object message) throws IOException {
        writing.lock();
        try {
            encoder.writeOutbound(message);
            ByteBuf whole = HEAP.buffer();
            for (ByteBuf part = encoder.readOutbound();
                    part != null;
                    part = encoder.readOutbound()) {
                append(whole, part);
            }
            whole.readBytes(out, whole.readableBytes());
            out.flush();
        } finally {
            encoder.releaseOutbound();
            writing.unlock();
        }
    }

    private static void append(ByteBuf whole, ByteBuf part) {
        try {
            whole.writeBytes(part);
        } finally {
            part.release();
        }
    }

    /**
     * Another protocol from here on; bytes that were read ahead belong to it. To be called by the
     * thread that reads, before others write.
     */
    public void become(ChannelHandler nextEncoder, ChannelHandler... nextDecoders) {
        decoder.pipeline().addLast(nextDecoders).removeFirst();
        encoder.pipeline().addLast(nextEncoder).removeFirst();
    }

    private @Nullable Object decoded(ByteBuf bytes) throws IOException {
        Object waiting = decoder.readInbound();
        if (waiting != null) {
            return waiting;
        }
        try {
            decoder.writeInbound(bytes);
        } catch (RuntimeException garbage) {
            throw new IOException("what was received breaks the protocol", garbage);
        }
        return decoder.readInbound();
    }
}
