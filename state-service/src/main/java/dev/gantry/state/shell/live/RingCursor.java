package dev.gantry.state.shell.live;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.WatchCursor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A watcher's place. One that starts before the ring first reads the log, page by page, until the
 * ring takes over.
 *
 * <pre>
 *   after older than the ring ──► reads the log ──reaches the ring──► reads the ring
 *                                      │ no longer there                  │ fell behind
 *                                      ▼                                  ▼
 *                                   TooOld                             TooOld
 * </pre>
 */
final class RingCursor implements WatchCursor {
    private static final int PAGE = 500;
    private static final long IN_THE_LOG = -1;

    private final GroupResource resource;
    private final LiveState state;
    private final WatchRing ring;
    private final WatchRing.Waiter waiter = new WatchRing.Waiter();
    private long place;
    private Revision position;

    RingCursor(GroupResource resource, LiveState state, WatchRing ring, Revision after) {
        this.resource = resource;
        this.state = state;
        this.ring = ring;
        this.position = after;
        this.place = ring.positionAfter(after).orElse(IN_THE_LOG);
        if (place == IN_THE_LOG) {
            // Asked at once, so that a watch that cannot be served is refused and not started.
            readLog(ring.floor(), 1);
        }
    }

    @Override
    public List<LogEvent> poll(Duration limit) throws InterruptedException {
        if (waiter.isClosed()) {
            throw new Closed("the watch was closed");
        }
        List<LogEvent> found = place == IN_THE_LOG ? replay() : readRing();
        if (found.isEmpty() && place != IN_THE_LOG) {
            ring.await(place, waiter, limit);
            if (waiter.isClosed()) {
                throw new Closed("the watch was closed");
            }
            found = readRing();
        }
        return found;
    }

    @Override
    public Revision position() {
        return position;
    }

    @Override
    public void close() {
        waiter.close();
        ring.forget(waiter);
    }

    private List<LogEvent> readRing() {
        // Taken before the look: what is published up to here is in the ring.
        Revision seen = state.watchable();
        List<LogEvent> run = ring.read(place, PAGE);
        place += run.size();
        // A watcher may start ahead of what it has been told, never twice at the same event.
        List<LogEvent> news =
                run.stream().filter(each -> each.revision().isAfter(position)).toList();
        if (!run.isEmpty() && run.getLast().revision().isAfter(position)) {
            position = run.getLast().revision();
        }
        if (run.size() < PAGE && seen.isAfter(position)) {
            position = seen;
        }
        return news;
    }

    private List<LogEvent> replay() {
        Optional<Long> reached = ring.positionAfter(position);
        if (reached.isPresent()) {
            place = reached.get();
            return readRing();
        }
        // Taken before the look into the log, which then holds all up to it.
        Revision floor = ring.floor();
        List<LogEvent> run = readLog(floor, PAGE);
        if (!run.isEmpty()) {
            position = run.getLast().revision();
        }
        if (run.size() < PAGE && floor.isAfter(position)) {
            position = floor;
        }
        return run;
    }

    private List<LogEvent> readLog(Revision upTo, int most) {
        return state.backfill()
                .read(resource, position, upTo, most)
                .orElseThrow(
                        () ->
                                new TooOld(
                                        "too old resource version: %s (%s)"
                                                .formatted(position, upTo)));
    }
}
