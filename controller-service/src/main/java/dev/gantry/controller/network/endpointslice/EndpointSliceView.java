package dev.gantry.controller.network.endpointslice;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.network.endpoints.shared.Backend;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a decision about the slices of one Service may see.
 *
 * @param slices ours, in name order
 * @param zones of the nodes that pods stand on, where they have one
 */
record EndpointSliceView(
        Resource service,
        List<Backend> backends,
        List<Resource> slices,
        Map<String, String> zones) {
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String OURSELVES = "endpointslice-controller.k8s.io";
    private static final String ZONE = "topology.kubernetes.io/zone";

    static Optional<EndpointSliceView> of(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key)
                .filter(service -> Backends.isManaged(service) && !service.isBeingDeleted())
                .map(service -> of(service, cluster));
    }

    private static EndpointSliceView of(Resource service, ClusterReader cluster) {
        List<Backend> backends = Backends.of(service, cluster);
        Map<String, String> zones = new TreeMap<>();
        for (Backend each : backends) {
            String node = Resource.text(each.pod().spec(), "nodeName");
            cluster.get(new ObjectKey(Resources.NODES, "", node))
                    .map(found -> found.labels().get(ZONE))
                    .ifPresent(zone -> zones.put(node, zone));
        }
        List<Resource> slices =
                cluster.slicesOf(service.key(Resources.SERVICES)).stream()
                        .filter(EndpointSliceView::isOurs)
                        .toList();
        return new EndpointSliceView(service, backends, slices, zones);
    }

    private static boolean isOurs(Resource slice) {
        return OURSELVES.equals(slice.labels().get(MANAGED_BY)) && !slice.isBeingDeleted();
    }
}
