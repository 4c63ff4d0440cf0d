package dev.gantry.gateway.shell.aggregation;

import dev.gantry.gateway.aggregation.RemoteApi;
import dev.gantry.gateway.aggregation.RemoteApis;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The APIServices in force. Several readers put objects here; the newest revision of each wins.
 *
 * <p>Cost: a request reads one volatile field.
 */
public final class ApiServiceStore {
    public static final GroupResource RESOURCE = Kinds.API_SERVICE.resource();

    private record Held(Optional<RemoteApi> api, Revision revision) {}

    private final Map<ObjectKey, Held> objects = new HashMap<>();
    private volatile RemoteApis current = RemoteApis.NONE;

    /** An empty {@code object} means it was deleted at that revision. */
    public synchronized void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        Held held = objects.get(key);
        if (held != null && !revision.isAfter(held.revision)) {
            return;
        }
        objects.put(key, new Held(object.flatMap(RemoteApi::of), revision));
        current = RemoteApis.of(objects.values().stream().flatMap(e -> e.api.stream()).toList());
    }

    public RemoteApis current() {
        return current;
    }
}
