package dev.gantry.gateway.shell.forward;

import dev.gantry.model.exchange.FrameSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * What arrives over the network, for a thread that waits for it.
 *
 * <p>Invariant: one piece is asked for when the one before has been taken. What nobody takes stays
 * with its sender, but for a read of the socket.
 */
final class ArrivingFrames extends BaseSubscriber<byte[]> implements FrameSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte @Nullable [] arrived;
    private @Nullable Throwable fault;
    private boolean isOver;

    static ArrivingFrames of(Publisher<byte[]> pieces) {
        var frames = new ArrivingFrames();
        pieces.subscribe(frames);
        return frames;
    }

    /** What had arrived before the end is told first. */
    @Override
    public byte @Nullable [] next() throws InterruptedException {
        byte[] taken;
        lock.lock();
        try {
            while (arrived == null && !isOver) {
                changed.await();
            }
            taken = arrived;
            arrived = null;
            if (taken == null && fault != null) {
                throw new IllegalStateException("the sender broke off", fault);
            }
        } finally {
            lock.unlock();
        }
        if (taken != null) {
            request(1);
        }
        return taken;
    }

    @Override
    public void close() {
        cancel();
        end(null);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(byte[] piece) {
        lock.lock();
        try {
            arrived = piece;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void hookOnComplete() {
        end(null);
    }

    @Override
    protected void hookOnError(Throwable broken) {
        end(broken);
    }

    private void end(@Nullable Throwable why) {
        lock.lock();
        try {
            fault = isOver ? fault : why;
            isOver = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
