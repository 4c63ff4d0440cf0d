package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.limit.Allotments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way out of one response.
 *
 * <p>Invariant: at most one frame is on its way between the source and the socket, and the next one
 * is only asked for when the connection has room. So a client that takes nothing holds one frame
 * and what fits below the connection's water mark, and what it holds counts against its user.
 *
 * <p>The end of a frame's way is the release of its buffer: it is encrypted by then, or failed.
 * Used by one thread, the one that pumps; netty's threads only tell it that something moved.
 */
final class Outlet extends ChannelInboundHandlerAdapter implements AutoCloseable {
    /** How long a client may take nothing while something waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The same where others need the memory. */
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Channel channel;
    private final Allotments.Share share;
    private final long wholeBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long held;
    private boolean isUnderWay;
    private boolean isClosed;

    /**
     * @param wholeBytes what the source keeps in memory until its end; zero where each frame comes
     *     anew
     */
    Outlet(Channel channel, Allotments.Share share, long wholeBytes) {
        this.channel = channel;
        this.share = share;
        this.wholeBytes = wholeBytes;
    }

    /** False where the client is too slow, or gone. */
    boolean open() throws InterruptedException {
        channel.pipeline().addFirst(this);
        if (wholeBytes > 0 && share.await(wholeBytes, PATIENCE)) {
            held = wholeBytes;
        }
        return wholeBytes == 0 || held > 0;
    }

    /** Returns when the connection takes another frame; false where that takes too long. */
    boolean awaitRoom() throws InterruptedException {
        long begin = System.nanoTime();
        lock.lock();
        try {
            while (isUnderWay || !channel.isWritable()) {
                Duration limit = share.isTight() ? LITTLE_PATIENCE : PATIENCE;
                long left = limit.toNanos() - (System.nanoTime() - begin);
                if (left <= 0 || isClosed || !channel.isActive()) {
                    return false;
                }
                moved.awaitNanos(Math.min(left, LOOK_AGAIN.toNanos()));
            }
        } finally {
            lock.unlock();
        }
        if (wholeBytes == 0) {
            share.give(held);
            held = 0;
        }
        return true;
    }

    /** False where the user holds too much on all connections for too long. */
    boolean take(byte[] frame) throws InterruptedException {
        if (wholeBytes > 0) {
            return true;
        }
        if (!share.take(frame.length) && !share.await(frame.length, PATIENCE)) {
            return false;
        }
        held = frame.length;
        return true;
    }

    /** The next frame, on its way from now on. */
    ByteBuf onItsWay(byte[] frame) {
        lock.lock();
        try {
            isUnderWay = true;
        } finally {
            lock.unlock();
        }
        return new Parcel(frame);
    }

    /** Ends the connection, or the stream of HTTP/2, of a client that is too slow. */
    void cut() {
        channel.close();
    }

    /** Ends waiting. */
    void wake() {
        move(false, true);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        move(false, false);
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        move(false, true);
        context.fireChannelInactive();
    }

    @Override
    public void close() {
        try {
            channel.pipeline().remove(this);
        } catch (NoSuchElementException gone) {
            // The connection ended first.
        }
        share.give(held);
        held = 0;
    }

    private void move(boolean arrives, boolean closes) {
        lock.lock();
        try {
            isUnderWay &= !arrives;
            isClosed |= closes;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Parcel extends UnpooledHeapByteBuf {
        Parcel(byte[] frame) {
            super(UnpooledByteBufAllocator.DEFAULT, frame, frame.length);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            move(true, false);
        }
    }
}
