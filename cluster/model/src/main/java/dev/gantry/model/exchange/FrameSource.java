package dev.gantry.model.exchange;

import org.jspecify.annotations.Nullable;

/** A stream of byte chunks, pulled by one thread. */
public interface FrameSource extends AutoCloseable {
    /** Waits for the next chunk to be sent and flushed; null at the end of the stream. */
    byte @Nullable [] next() throws InterruptedException;

    /**
     * Frees what the stream holds, and ends a waiting {@link #next()}. May be called more than
     * once.
     */
    @Override
    void close();
}
