package dev.gantry.state.shell.api.watch;

import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.frame.WatchEvent;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.request.WatchPlan;
import dev.gantry.state.shell.api.reply.Chunks;
import dev.gantry.state.shell.webhook.ConversionFailed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher gets: the initial objects, a bookmark that ends them, then what happens.
 *
 * <p>Everything but {@link #close} is for the one thread that pulls.
 */
final class WatchStream implements FrameSource {
    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(60);
    private static final int CHUNK_BYTES = 64 * 1024;

    private final WatchCursor cursor;
    private final List<StoredObject> initial;
    private final WatchPlan plan;
    private final WatchFrames frames;
    private final ArrayDeque<LogEvent> unsent = new ArrayDeque<>();
    private final long endNanos;
    private long bookmarkNanos;
    private int initialSent;
    private boolean hasClosedInitial;
    private boolean hasEnded;

    /**
     * @param initial sent as ADDED before anything else
     */
    WatchStream(
            WatchCursor cursor,
            List<StoredObject> initial,
            WatchPlan plan,
            Duration lifetime,
            WatchFrames frames) {
        this.cursor = cursor;
        this.initial = initial;
        this.plan = plan;
        this.frames = frames;
        this.endNanos = System.nanoTime() + lifetime.toNanos();
        this.bookmarkNanos = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
        this.hasClosedInitial = !plan.closesInitial();
    }

    @Override
    public byte @Nullable [] next() throws InterruptedException {
        if (hasEnded) {
            return null;
        }
        if (initialSent < initial.size()) {
            return initialChunk();
        }
        if (!hasClosedInitial) {
            hasClosedInitial = true;
            return frames.bookmark(cursor.position(), true);
        }
        try {
            return live();
        } catch (WatchCursor.TooOld tooOld) {
            hasEnded = true;
            return frames.error(new Refusal.Expired(String.valueOf(tooOld.getMessage())));
        } catch (ConversionFailed failed) {
            hasEnded = true;
            return frames.error(new Refusal.Unsupported(failed.why()));
        } catch (WatchCursor.Closed closed) {
            hasEnded = true;
            return null;
        }
    }

    @Override
    public void close() {
        cursor.close();
    }

    private byte[] initialChunk() {
        List<byte[]> chunk = new ArrayList<>();
        int bytes = 0;
        while (initialSent < initial.size() && bytes < CHUNK_BYTES) {
            StoredObject object = initial.get(initialSent++);
            byte[] frame = frames.event(new WatchEvent(Type.ADDED, object, object.revision()));
            chunk.add(frame);
            bytes += frame.length;
        }
        return Chunks.join(chunk);
    }

    private byte @Nullable [] live() throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            if (now >= endNanos) {
                hasEnded = true;
                return null;
            }
            byte @Nullable [] waiting = seen();
            if (waiting != null) {
                return waiting;
            }
            long until = plan.wantsBookmarks() ? Math.min(endNanos, bookmarkNanos) : endNanos;
            unsent.addAll(cursor.poll(Duration.ofNanos(Math.max(1, until - now))));
            byte @Nullable [] chunk = seen();
            if (chunk != null) {
                return chunk;
            }
            if (plan.wantsBookmarks() && System.nanoTime() >= bookmarkNanos) {
                bookmarkNanos = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
                return frames.bookmark(cursor.position(), false);
            }
        }
    }

    /**
     * Null where nothing of it concerns this watcher. Past the size of a chunk there is at most one
     * event: what is sent at once is what a client that reads nothing costs.
     */
    private byte @Nullable [] seen() {
        List<byte[]> chunk = new ArrayList<>();
        int bytes = 0;
        while (!unsent.isEmpty() && bytes < CHUNK_BYTES) {
            Optional<WatchEvent> sighting = WatchEvent.of(unsent.remove(), plan.selection());
            if (sighting.isPresent()) {
                byte[] frame = frames.event(sighting.get());
                chunk.add(frame);
                bytes += frame.length;
            }
        }
        return chunk.isEmpty() ? null : Chunks.join(chunk);
    }
}
