package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.limit.Allotments;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A request's body, and the memory that it takes of its sender's share.
 *
 * <p>Invariant: what was taken is given back once, on whatever way the request ends: the reader
 * gives it back where the body never becomes whole, and the receiver of a whole one closes it.
 */
final class Body implements AutoCloseable {
    static final byte[] NONE = new byte[0];

    private final Allotments.Share share;
    private byte[] bytes = NONE;
    private int length;
    private boolean isHandedOver;
    private boolean isClosed;

    Body(Allotments.Share share) {
        this.share = share;
    }

    /** Called by the connection's event loop. Throws {@link BodyReader.Unreadable}. */
    synchronized void add(ByteBuf part) {
        int more = part.readableBytes();
        if (isClosed) {
            return;
        }
        if (length + more > BodyReader.LIMIT_BYTES) {
            throw new BodyReader.Unreadable(BodyReader.TOO_LONG);
        }
        if (!share.take(more)) {
            throw new BodyReader.Unreadable(BodyReader.TOO_MANY);
        }
        if (length + more > bytes.length) {
            int room = Math.min(BodyReader.LIMIT_BYTES, Math.max(2 * length, length + more));
            bytes = Arrays.copyOf(bytes, room);
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
    }

    synchronized Body whole() {
        isHandedOver = true;
        bytes = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        return this;
    }

    /** Its connection ended, or something went wrong on it. */
    synchronized void breakOff() {
        if (!isHandedOver) {
            close();
        }
    }

    synchronized byte[] bytes() {
        return bytes;
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            share.give(length);
            bytes = NONE;
        }
    }
}
