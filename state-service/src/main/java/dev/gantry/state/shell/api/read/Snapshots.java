package dev.gantry.state.shell.api.read;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.StateLog.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots that lists in pages were started from, so that later pages show the same moment.
 *
 * <p>Cost: a snapshot shares its objects with the memory; what it keeps alive is one reference per
 * object, and the objects replaced since: 64 of them once kept 200,000 replaced objects alive.
 * Hence few of them, not for long, and none whose last page was sent: behind those, the history
 * answers.
 */
final class Snapshots {
    private static final int MOST = 16;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Key(GroupResource resource, String namespace, Revision revision) {}

    private record Kept(Snapshot snapshot, long sinceNanos) {}

    private final Map<Key, Kept> all = new LinkedHashMap<>();

    synchronized void keep(GroupResource resource, String namespace, Snapshot snapshot) {
        long now = System.nanoTime();
        all.values().removeIf(each -> now - each.sinceNanos > LONGEST.toNanos());
        if (all.size() == MOST) {
            all.remove(all.keySet().iterator().next());
        }
        all.put(new Key(resource, namespace, snapshot.revision()), new Kept(snapshot, now));
    }

    synchronized Optional<Snapshot> find(
            GroupResource resource, String namespace, Revision revision) {
        return Optional.ofNullable(all.get(new Key(resource, namespace, revision)))
                .map(Kept::snapshot);
    }

    /** Its last page was sent. Whoever asks for a page once more is answered from the history. */
    synchronized void drop(GroupResource resource, String namespace, Revision revision) {
        all.remove(new Key(resource, namespace, revision));
    }
}
