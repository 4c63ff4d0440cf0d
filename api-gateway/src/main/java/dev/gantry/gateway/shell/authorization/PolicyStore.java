package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roles and bindings in force. It starts with those of a new cluster, so that the platform's
 * own parts are served while the stored ones are still being read.
 *
 * <p>Several readers put objects here; the newest revision of each wins.
 */
public final class PolicyStore {
    private record Held(Optional<Resource> object, Revision revision) {}

    private final Map<ObjectKey, Held> objects = new HashMap<>();
    private volatile @Nullable RbacPolicy compiled;

    public PolicyStore() {
        for (Resource each : BootstrapPolicy.objects()) {
            objects.put(PolicyResources.keyOf(each), new Held(Optional.of(each), Revision.NONE));
        }
    }

    /** An empty {@code object} means it was deleted at that revision. */
    public synchronized void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        Held held = objects.get(key);
        if (held == null || revision.isAfter(held.revision)) {
            objects.put(key, new Held(object, revision));
            compiled = null;
        }
    }

    public synchronized Optional<Resource> get(ObjectKey key) {
        Held held = objects.get(key);
        return held == null ? Optional.empty() : held.object;
    }

    /** Cost: compiled when first asked for after a change, however many changes came at once. */
    public RbacPolicy current() {
        RbacPolicy found = compiled;
        return found == null ? compile() : found;
    }

    private synchronized RbacPolicy compile() {
        RbacPolicy found = compiled;
        if (found == null) {
            found =
                    RbacPolicy.of(
                            objects.values().stream()
                                    .flatMap(held -> held.object.stream())
                                    .toList());
            compiled = found;
        }
        return found;
    }
}
