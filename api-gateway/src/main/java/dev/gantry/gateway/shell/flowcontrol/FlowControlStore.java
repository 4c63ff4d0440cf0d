package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The stored levels and schemas. Several readers put objects here; the newest revision of each
 * wins.
 */
public final class FlowControlStore {
    public static final List<Kind> KINDS =
            List.of(Kinds.PRIORITY_LEVEL_CONFIGURATION, Kinds.FLOW_SCHEMA);

    private static final GroupResource LEVELS = Kinds.PRIORITY_LEVEL_CONFIGURATION.resource();
    private static final GroupResource SCHEMAS = Kinds.FLOW_SCHEMA.resource();

    private record Held(Optional<Resource> object, Revision revision) {}

    private final Map<ObjectKey, Held> objects = new HashMap<>();
    private final Semaphore changes = new Semaphore(0);

    public static boolean holds(GroupResource resource) {
        return resource.equals(LEVELS) || resource.equals(SCHEMAS);
    }

    /** An empty {@code object} means it was deleted at that revision. */
    public synchronized void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        Held held = objects.get(key);
        if (held == null || revision.isAfter(held.revision)) {
            objects.put(key, new Held(object, revision));
            changes.release();
        }
    }

    /** Returns whether something has changed since this was asked last; waits, but not longer. */
    boolean awaitChange(Duration longest) throws InterruptedException {
        boolean isChanged = changes.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        return isChanged;
    }

    synchronized Optional<Resource> get(ObjectKey key) {
        Held held = objects.get(key);
        return held == null ? Optional.empty() : held.object;
    }

    List<Resource> levels() {
        return all(LEVELS);
    }

    List<Resource> schemas() {
        return all(SCHEMAS);
    }

    public FlowControl compiled() {
        return FlowControl.of(levels(), schemas());
    }

    private synchronized List<Resource> all(GroupResource resource) {
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
