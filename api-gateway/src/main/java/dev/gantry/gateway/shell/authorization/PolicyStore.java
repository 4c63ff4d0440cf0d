package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.gateway.shell.state.NewestObjects;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roles and bindings in force. It starts with those of a new cluster, so that the platform's
 * own parts are served while the stored ones are still being read.
 */
public final class PolicyStore {
    private final NewestObjects objects = new NewestObjects();
    private volatile @Nullable RbacPolicy compiled;

    public PolicyStore() {
        for (Resource each : BootstrapPolicy.objects()) {
            objects.put(PolicyResources.keyOf(each), Optional.of(each), Revision.NONE);
        }
    }

    /** An empty {@code object} means it was deleted at that revision. */
    public synchronized void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        if (objects.put(key, object, revision)) {
            compiled = null;
        }
    }

    public Optional<Resource> get(ObjectKey key) {
        return objects.get(key);
    }

    /** Cost: compiled when first asked for after a change, however many changes came at once. */
    public RbacPolicy current() {
        RbacPolicy found = compiled;
        return found == null ? compile() : found;
    }

    private synchronized RbacPolicy compile() {
        RbacPolicy found = compiled;
        if (found == null) {
            found = RbacPolicy.of(objects.all());
            compiled = found;
        }
        return found;
    }
}
