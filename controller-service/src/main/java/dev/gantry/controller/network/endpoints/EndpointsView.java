package dev.gantry.controller.network.endpoints;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.network.endpoints.shared.Backend;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision about the Endpoints of one Service may see.
 *
 * @param service empty where it is gone, or where its endpoints are not ours
 */
record EndpointsView(
        Optional<Resource> service, List<Backend> backends, Optional<Resource> endpoints) {
    static EndpointsView of(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> service = cluster.get(key);
        Optional<Resource> managed = service.filter(Backends::isManaged);
        Optional<Resource> endpoints =
                cluster.get(new ObjectKey(Resources.ENDPOINTS, key.namespace(), key.name()));
        List<Backend> backends =
                managed.map(found -> Backends.of(found, cluster)).orElse(List.of());
        // Endpoints of a Service without selector are the user's.
        boolean isForeign = service.isPresent() && managed.isEmpty();
        return new EndpointsView(managed, backends, isForeign ? Optional.empty() : endpoints);
    }
}
