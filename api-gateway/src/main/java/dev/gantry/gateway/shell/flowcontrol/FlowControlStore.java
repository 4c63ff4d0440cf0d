package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.gateway.shell.state.NewestObjects;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The stored levels and schemas. */
public final class FlowControlStore {
    public static final List<Kind> KINDS =
            List.of(Kinds.PRIORITY_LEVEL_CONFIGURATION, Kinds.FLOW_SCHEMA);

    private static final GroupResource LEVELS = Kinds.PRIORITY_LEVEL_CONFIGURATION.resource();
    private static final GroupResource SCHEMAS = Kinds.FLOW_SCHEMA.resource();

    private final NewestObjects objects = new NewestObjects();
    private final Semaphore changes = new Semaphore(0);

    public static boolean holds(GroupResource resource) {
        return resource.equals(LEVELS) || resource.equals(SCHEMAS);
    }

    /** An empty {@code object} means it was deleted at that revision. */
    public void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        if (objects.put(key, object, revision)) {
            changes.release();
        }
    }

    /** Returns whether something has changed since this was asked last; waits, but not longer. */
    boolean awaitChange(Duration longest) throws InterruptedException {
        boolean isChanged = changes.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        return isChanged;
    }

    Optional<Resource> get(ObjectKey key) {
        return objects.get(key);
    }

    List<Resource> levels() {
        return objects.all(LEVELS);
    }

    List<Resource> schemas() {
        return objects.all(SCHEMAS);
    }

    public FlowControl compiled() {
        return FlowControl.of(levels(), schemas());
    }
}
