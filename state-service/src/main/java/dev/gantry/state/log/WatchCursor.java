package dev.gantry.state.log;

import java.time.Duration;
import java.util.List;

/** A reader's place in the window of recent events of one resource. Used by one thread. */
public interface WatchCursor extends AutoCloseable {
    /**
     * What came since the last call, in revision order; empty where nothing did within {@code
     * limit}. Throws {@link TooOld} where the reader fell out of the window.
     */
    List<LogEvent> poll(Duration limit) throws InterruptedException;

    /** All events up to here have been returned by {@link #poll}: what a bookmark may say. */
    dev.gantry.model.meta.Revision position();

    /** Ends a waiting {@link #poll}, which then throws {@link Closed}. */
    @Override
    void close();

    /** The events between the reader and the window are gone: the client must list again. */
    final class TooOld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooOld(String message) {
            super(message);
        }
    }

    /** The cursor was closed, or the log ended all watches (after a change of epoch). */
    final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Closed(String message) {
            super(message);
        }
    }
}
