package dev.gantry.simulation;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The log of one thread: a group is committed where nobody was faster. */
final class SimulatedLog implements StateLog {
    /** A change as the feed tells it. */
    record Entry(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {}

    /** Told of each change, once it is made. */
    interface Listener {
        void committed(Entry entry);
    }

    private final Map<GroupResource, TreeMap<ObjectKey, StoredTree>> objects = new TreeMap<>();
    private final Map<GroupResource, List<Entry>> entries = new TreeMap<>();
    private final Listener listener;
    private long revision;

    SimulatedLog(Listener listener) {
        this.listener = listener;
    }

    List<Entry> entries(GroupResource resource) {
        return entries.computeIfAbsent(resource, _ -> new ArrayList<>());
    }

    /** The trees are the log's: not to be changed. */
    Optional<Resource> find(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(key)).map(StoredTree::object);
    }

    List<Resource> all(GroupResource resource) {
        return of(resource).values().stream().map(StoredTree::object).toList();
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(key));
    }

    @Override
    public Snapshot list(GroupResource resource, String namespace) {
        List<StoredObject> found = new ArrayList<>();
        for (StoredTree each : of(resource).values()) {
            if (namespace.isEmpty() || each.key().namespace().equals(namespace)) {
                found.add(each);
            }
        }
        return new Snapshot(revision(), found);
    }

    @Override
    public Snapshot listByField(GroupResource resource, String field, String value) {
        return new Snapshot(
                revision(),
                list(resource, "").objects().stream()
                        .filter(each -> each.field(field).equals(value))
                        .toList());
    }

    @Override
    public Revision revision() {
        return new Revision(revision);
    }

    @Override
    public boolean awaitRevision(Revision wanted, Duration limit) {
        throw new UnsupportedOperationException("one thread waits for nobody");
    }

    @Override
    public WatchCursor watch(GroupResource resource, Revision after) {
        throw new UnsupportedOperationException("the feed reads entries");
    }

    @Override
    public CommitOutcome commit(List<Change> group) {
        Set<ObjectKey> checked = new HashSet<>();
        for (Change each : group) {
            if (!checked.add(each.key())) {
                continue;
            }
            Optional<StoredObject> current = get(each.key());
            Revision found = current.map(StoredObject::revision).orElse(Revision.NONE);
            if (!found.equals(each.previous())) {
                return new CommitOutcome.Stale(each.key(), current);
            }
        }
        return new CommitOutcome.Committed(group.stream().map(this::committed).toList());
    }

    private StoredObject committed(Change change) {
        ObjectKey key = change.key();
        revision++;
        Optional<Resource> before = find(key);
        Resource next = change.object().or(() -> before).orElseThrow().copy();
        next.mutableMetadata().put("resourceVersion", Long.toString(revision));
        var stored = new StoredTree(key, next);
        if (change.object().isPresent()) {
            of(key.resource()).put(key, stored);
        } else {
            of(key.resource()).remove(key);
        }
        var entry = new Entry(key, before, change.object().map(_ -> next));
        entries(key.resource()).add(entry);
        listener.committed(entry);
        return stored;
    }

    private TreeMap<ObjectKey, StoredTree> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    }
}
