package dev.gantry.controller.policy.resourcequota;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quota.QuotaScopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a decision about one quota may see.
 *
 * @param counted the objects that it counts, by resource; one without such objects is there, too
 */
record ResourceQuotaView(Resource quota, SortedMap<GroupResource, List<Resource>> counted) {
    static Optional<ResourceQuotaView> of(
            ObjectKey key, ClusterReader cluster, Set<GroupResource> countable) {
        return cluster.get(key)
                .filter(quota -> !quota.isBeingDeleted())
                .map(quota -> of(quota, cluster, countable));
    }

    private static ResourceQuotaView of(
            Resource quota, ClusterReader cluster, Set<GroupResource> countable) {
        SortedMap<GroupResource, List<Resource>> counted = new TreeMap<>();
        for (GroupResource resource : countable) {
            counted.put(
                    resource,
                    cluster.list(resource, quota.namespace()).stream()
                            .filter(each -> QuotaScopes.count(quota.spec(), resource, each))
                            .toList());
        }
        return new ResourceQuotaView(quota, counted);
    }
}
