package dev.gantry.gateway.shell.http;

import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Carries frames from a blocking source to a connection, one at a time and only on demand, so that
 * a slow client holds back its own stream and nothing else. Closes the source in every case.
 */
final class FramePump implements Publisher<ByteBuf>, Subscription {
    /** How long a client may take nothing while frames wait for it. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private static final int MOST_DEMAND = 1024;

    private final FrameSource frames;
    private final Executor workers;
    private final Semaphore demand = new Semaphore(0);
    private volatile boolean cancelled;

    FramePump(FrameSource frames, Executor workers) {
        this.frames = frames;
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
        demand.release();
    }

    private void pump(Subscriber<? super ByteBuf> subscriber) {
        try (frames) {
            while (demand.tryAcquire(STALLED.toSeconds(), TimeUnit.SECONDS)) {
                byte[] frame = cancelled ? null : frames.next();
                if (frame == null) {
                    subscriber.onComplete();
                    return;
                }
                subscriber.onNext(Unpooled.wrappedBuffer(frame));
            }
            subscriber.onError(new IOException("the client reads nothing"));
        } catch (InterruptedException closed) {
            subscriber.onComplete();
        } catch (RuntimeException | Error fault) {
            // The headers are gone already: breaking the connection is all that can be said.
            subscriber.onError(new IOException("a stream broke", fault));
        }
    }
}
