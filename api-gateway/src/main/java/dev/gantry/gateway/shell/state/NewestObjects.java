package dev.gantry.gateway.shell.state;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that several readers put here, such as a list at the start and the change feed; the
 * newest revision of each wins. May be used by several threads.
 */
public final class NewestObjects {
    private record Held(Optional<Resource> object, Revision revision) {}

    private final Map<ObjectKey, Held> objects = new HashMap<>();

    /**
     * Returns whether it is news.
     *
     * @param object empty where it was deleted at that revision
     */
    public synchronized boolean put(ObjectKey key, Optional<Resource> object, Revision revision) {
        Held held = objects.get(key);
        if (held != null && !revision.isAfter(held.revision)) {
            return false;
        }
        objects.put(key, new Held(object, revision));
        return true;
    }

    public synchronized Optional<Resource> get(ObjectKey key) {
        Held held = objects.get(key);
        return held == null ? Optional.empty() : held.object;
    }

    public synchronized List<Resource> all() {
        List<Resource> found = new ArrayList<>();
        objects.values().forEach(held -> held.object.ifPresent(found::add));
        return found;
    }

    public synchronized List<Resource> all(GroupResource resource) {
        List<Resource> found = new ArrayList<>();
        objects.forEach(
                (key, held) -> {
                    if (key.resource().equals(resource)) {
                        held.object.ifPresent(found::add);
                    }
                });
        return found;
    }
}
