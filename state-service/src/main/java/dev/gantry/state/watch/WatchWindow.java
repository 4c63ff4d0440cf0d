package dev.gantry.state.watch;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ring of the last events, bounded in number and in bytes. Positions count from the first event
 * ever appended and never wrap.
 *
 * <p>Pure but mutable: whoever owns it takes turns.
 */
public final class WatchWindow {
    private final int limit;
    private final long limitBytes;
    private @Nullable LogEvent[] slots = new @Nullable LogEvent[64];
    private long first;
    private long end;
    private long bytes;
    private Revision floor;

    /**
     * @param limit how many events at most
     * @param floor events up to here happened before the window was there
     */
    public WatchWindow(int limit, long limitBytes, Revision floor) {
        this.limit = limit;
        this.limitBytes = limitBytes;
        this.floor = floor;
    }

    /** Invariant: revisions grow; past a step back every watcher silently diverges. */
    public void append(LogEvent event) {
        Revision last = end == first ? floor : at(end - 1).revision();
        Bug.unless(event.revision().isAfter(last), "%s after %s", event.revision(), last);
        if (end - first == slots.length) {
            grow();
        }
        slots[slot(end)] = event;
        end++;
        bytes += weigh(event);
        while (end - first > limit || (bytes > limitBytes && end - first > 1)) {
            dropFirst();
        }
    }

    /** All events after this revision are here. */
    public Revision floor() {
        return floor;
    }

    /** Where the next event will stand. */
    public long end() {
        return end;
    }

    /** Where the first event after {@code revision} stands; empty where it may be gone. */
    public Optional<Long> positionAfter(Revision revision) {
        if (floor.isAfter(revision)) {
            return Optional.empty();
        }
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).revision().isAfter(revision)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(low);
    }

    /** At most {@code most} events from {@code position} on; empty where they are gone. */
    public Optional<List<LogEvent>> read(long position, int most) {
        if (position < first) {
            return Optional.empty();
        }
        int count = (int) Math.min(most, end - position);
        List<LogEvent> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add(at(position + i));
        }
        return Optional.of(found);
    }

    private LogEvent at(long position) {
        LogEvent found = slots[slot(position)];
        if (found == null) {
            throw new Bug("no event at " + position + " of " + first + ".." + end);
        }
        return found;
    }

    private void dropFirst() {
        LogEvent gone = at(first);
        floor = gone.revision();
        bytes -= weigh(gone);
        slots[slot(first)] = null;
        first++;
    }

    private void grow() {
        @Nullable LogEvent[] wider = new @Nullable LogEvent[slots.length * 2];
        for (long position = first; position < end; position++) {
            wider[(int) (position & (wider.length - 1))] = at(position);
        }
        slots = wider;
    }

    private int slot(long position) {
        return (int) (position & (slots.length - 1));
    }

    /** Cost: the state before is weighed too, since only the window still holds it. */
    private static long weigh(LogEvent event) {
        int before = event.before().map(StoredObject::json).map(json -> json.length).orElse(0);
        return 256L + event.object().json().length + before;
    }
}
