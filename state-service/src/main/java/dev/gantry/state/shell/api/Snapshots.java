package dev.gantry.state.shell.api;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.StateLog.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots that lists in pages were started from, so that later pages show the same moment.
 *
 * <p>Cost: a snapshot shares its objects with the memory; what it keeps alive is one reference per
 * object, and the objects replaced since. Hence few of them, the least recently used going first;
 * behind those, the history answers.
 */
final class Snapshots {
    private static final int MOST = 64;

    private record Key(GroupResource resource, String namespace, Revision revision) {}

    private final Map<Key, Snapshot> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Snapshot> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void keep(GroupResource resource, String namespace, Snapshot snapshot) {
        kept.put(new Key(resource, namespace, snapshot.revision()), snapshot);
    }

    synchronized Optional<Snapshot> find(
            GroupResource resource, String namespace, Revision revision) {
        return Optional.ofNullable(kept.get(new Key(resource, namespace, revision)));
    }
}
