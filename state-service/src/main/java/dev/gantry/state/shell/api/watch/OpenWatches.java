package dev.gantry.state.shell.api.watch;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.WatchCursor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches on resources that may be taken away, which ends them. */
final class OpenWatches {
    private final Map<GroupResource, Set<WatchCursor>> open = new ConcurrentHashMap<>();

    /** The same cursor, until it is closed or the resource goes. */
    WatchCursor track(GroupResource resource, WatchCursor cursor) {
        Set<WatchCursor> cursors =
                open.computeIfAbsent(resource, _ -> ConcurrentHashMap.newKeySet());
        cursors.add(cursor);
        return new Tracked(cursor, cursors);
    }

    void end(GroupResource resource) {
        open.getOrDefault(resource, Set.of()).forEach(WatchCursor::close);
    }

    private record Tracked(WatchCursor cursor, Set<WatchCursor> among) implements WatchCursor {
        @Override
        public List<LogEvent> poll(Duration limit) throws InterruptedException {
            return cursor.poll(limit);
        }

        @Override
        public Revision position() {
            return cursor.position();
        }

        @Override
        public void close() {
            among.remove(cursor);
            cursor.close();
        }
    }
}
