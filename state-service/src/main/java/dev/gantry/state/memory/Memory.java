package dev.gantry.state.memory;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.StateLog.Snapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All current objects at one revision. A value: {@link #edit()} leads to the next one. */
public final class Memory {
    private final Revision revision;
    private final Map<GroupResource, ObjectTable> tables;

    private Memory(Revision revision, Map<GroupResource, ObjectTable> tables) {
        this.revision = revision;
        this.tables = tables;
    }

    public static Memory empty(Revision revision) {
        return new Memory(revision, Map.of());
    }

    public Revision revision() {
        return revision;
    }

    public Optional<EncodedObject> get(ObjectKey key) {
        return table(key.resource()).get(key);
    }

    public ObjectTable table(GroupResource resource) {
        return tables.getOrDefault(resource, ObjectTable.empty());
    }

    /** How many objects there are of each resource, by resource. */
    public Map<GroupResource, Integer> sizes() {
        Map<GroupResource, Integer> found = new TreeMap<>();
        tables.forEach((resource, table) -> found.put(resource, table.size()));
        return found;
    }

    /**
     * @param namespace empty for all
     */
    public Snapshot list(GroupResource resource, String namespace) {
        ObjectTable table = table(resource);
        List<EncodedObject> found =
                namespace.isEmpty()
                        ? table.all()
                        : table.in(new ObjectKey(resource, namespace, ""));
        return new Snapshot(revision, Collections.unmodifiableList(found));
    }

    public Snapshot listByField(GroupResource resource, String field, String value) {
        return new Snapshot(
                revision, Collections.unmodifiableList(table(resource).where(field, value)));
    }

    public Edit edit() {
        return new Edit(tables);
    }

    /** The next memory in the making. Used by one thread, once. */
    public static final class Edit {
        private final Map<GroupResource, ObjectTable> tables;

        private Edit(Map<GroupResource, ObjectTable> tables) {
            this.tables = new HashMap<>(tables);
        }

        public Optional<EncodedObject> get(ObjectKey key) {
            return table(key.resource()).get(key);
        }

        public Edit put(EncodedObject object) {
            GroupResource resource = object.key().resource();
            tables.put(resource, table(resource).with(object));
            return this;
        }

        public Edit remove(ObjectKey key) {
            tables.put(key.resource(), table(key.resource()).without(key));
            return this;
        }

        public Memory at(Revision revision) {
            return new Memory(revision, tables);
        }

        private ObjectTable table(GroupResource resource) {
            return tables.getOrDefault(resource, ObjectTable.empty());
        }
    }
}
