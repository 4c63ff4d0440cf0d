package dev.gantry.gateway.shell.aggregation;

import dev.gantry.gateway.aggregation.RemoteApi;
import dev.gantry.gateway.aggregation.RemoteApis;
import dev.gantry.gateway.shell.state.NewestObjects;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.Optional;

/**
 * The APIServices in force.
 *
 * <p>Cost: a request reads one volatile field.
 */
public final class ApiServiceStore {
    public static final GroupResource RESOURCE = Kinds.API_SERVICE.resource();

    private final NewestObjects objects = new NewestObjects();
    private final AggregatorMetrics metrics = new AggregatorMetrics();
    private volatile RemoteApis current = RemoteApis.NONE;

    /** An empty {@code object} means it was deleted at that revision. */
    public synchronized void put(ObjectKey key, Optional<Resource> object, Revision revision) {
        if (objects.put(key, object, revision)) {
            object.ifPresentOrElse(metrics::put, () -> metrics.remove(key.name()));
            current =
                    RemoteApis.of(
                            objects.all().stream()
                                    .flatMap(each -> RemoteApi.of(each).stream())
                                    .toList());
        }
    }

    public AggregatorMetrics metrics() {
        return metrics;
    }

    public RemoteApis current() {
        return current;
    }
}
