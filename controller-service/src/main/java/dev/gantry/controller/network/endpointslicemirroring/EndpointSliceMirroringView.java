package dev.gantry.controller.network.endpointslicemirroring;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision about the mirror of one Endpoints object may see.
 *
 * @param endpoints empty where there are none to be mirrored
 * @param slices ours, in name order
 */
record EndpointSliceMirroringView(Optional<Resource> endpoints, List<Resource> slices) {
    static final GroupResource ENDPOINTS = Resources.ENDPOINTS;
    static final GroupResource SERVICES = Resources.SERVICES;
    static final GroupResource SLICES = Resources.ENDPOINT_SLICES;
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String OURSELVES = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

    static EndpointSliceMirroringView of(ObjectKey key, ClusterReader cluster) {
        var service = new ObjectKey(SERVICES, key.namespace(), key.name());
        boolean isByHand = cluster.get(service).filter(found -> !hasSelector(found)).isPresent();
        Optional<Resource> endpoints =
                isByHand
                        ? cluster.get(key).filter(EndpointSliceMirroringView::isWanted)
                        : Optional.empty();
        List<Resource> slices =
                cluster.slicesOf(service).stream()
                        .filter(EndpointSliceMirroringView::isOurs)
                        .toList();
        return new EndpointSliceMirroringView(endpoints, slices);
    }

    static boolean hasSelector(Resource service) {
        return !service.spec().path("selector").isEmpty();
    }

    static boolean isOurs(Resource slice) {
        return OURSELVES.equals(slice.labels().get(MANAGED_BY)) && !slice.isBeingDeleted();
    }

    private static boolean isWanted(Resource endpoints) {
        return !"true".equals(endpoints.labels().get(SKIP))
                && !endpoints.annotations().containsKey(LEADER)
                && !endpoints.isBeingDeleted();
    }
}
