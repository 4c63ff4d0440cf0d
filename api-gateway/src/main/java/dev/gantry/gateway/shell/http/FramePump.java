package dev.gantry.gateway.shell.http;

import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Carries frames from a blocking source to a connection, one at a time and as the client takes
 * them, so that a slow client holds back its own stream and nothing else. One that takes nothing
 * for long is cut off. Closes the source in every case.
 */
final class FramePump implements Publisher<ByteBuf>, Subscription {
    private static final int MOST_DEMAND = 1024;

    private final FrameSource frames;
    private final Outlet outlet;
    private final Executor workers;
    private final Semaphore demand = new Semaphore(0);
    private volatile boolean cancelled;

    FramePump(FrameSource frames, Outlet outlet, Executor workers) {
        this.frames = frames;
        this.outlet = outlet;
        this.workers = workers;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> subscriber) {
        subscriber.onSubscribe(this);
        workers.execute(() -> pump(subscriber));
    }

    @Override
    public void request(long more) {
        demand.release((int) Math.min(more, MOST_DEMAND));
    }

    @Override
    public void cancel() {
        cancelled = true;
        frames.close();
        outlet.wake();
        demand.release();
    }

    private void pump(Subscriber<? super ByteBuf> subscriber) {
        try (frames;
                outlet) {
            if (!carry(subscriber)) {
                outlet.cut();
            }
            subscriber.onComplete();
        } catch (InterruptedException closed) {
            subscriber.onComplete();
        } catch (RuntimeException | Error fault) {
            // The headers are gone already: breaking the connection is all that can be said.
            subscriber.onError(new IOException("a stream broke", fault));
        }
    }

    /** False where the client does not take what there is for it. */
    private boolean carry(Subscriber<? super ByteBuf> subscriber) throws InterruptedException {
        if (!outlet.open()) {
            return false;
        }
        while (true) {
            demand.acquire();
            if (!cancelled && !outlet.awaitRoom()) {
                return false;
            }
            byte[] frame = cancelled ? null : frames.next();
            if (frame == null) {
                return true;
            }
            if (!outlet.take(frame)) {
                return false;
            }
            subscriber.onNext(outlet.onItsWay(frame));
        }
    }
}
