package dev.gantry.state.lease;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.log.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The memory-first objects that changed since they were last written: of each only the newest state
 * counts.
 *
 * <p>Pure but mutable: the committer's thread owns it.
 */
public final class WriteBehind {
    private final TreeMap<ObjectKey, Optional<StoredObject>> dirty = new TreeMap<>();

    public void put(StoredObject object) {
        dirty.put(object.key(), Optional.of(object));
    }

    public void remove(ObjectKey key) {
        dirty.put(key, Optional.empty());
    }

    public boolean isEmpty() {
        return dirty.isEmpty();
    }

    public List<StoredObject> written() {
        List<StoredObject> found = new ArrayList<>();
        dirty.values().forEach(each -> each.ifPresent(found::add));
        return found;
    }

    public List<ObjectKey> removed() {
        List<ObjectKey> found = new ArrayList<>();
        dirty.forEach(
                (key, object) -> {
                    if (object.isEmpty()) {
                        found.add(key);
                    }
                });
        return found;
    }

    /** After the write; what changes later is dirty again. */
    public void clear() {
        dirty.clear();
    }
}
