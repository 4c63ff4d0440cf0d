package dev.gantry.controller.identity.clusterroleaggregation;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one ClusterRole may see.
 *
 * @param parts the roles that it is the sum of: by selector, then by name
 */
record ClusterRoleAggregationView(Resource role, List<Resource> parts) {
    static boolean isAggregate(Resource role) {
        return !role.tree().path("aggregationRule").isEmpty();
    }

    static Optional<ClusterRoleAggregationView> of(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key)
                .filter(ClusterRoleAggregationView::isAggregate)
                .map(role -> of(role, cluster));
    }

    private static ClusterRoleAggregationView of(Resource role, ClusterReader cluster) {
        List<Resource> parts = new ArrayList<>();
        List<Resource> all = cluster.list(Resources.CLUSTER_ROLES);
        JsonNode selectors = role.tree().path("aggregationRule").path("clusterRoleSelectors");
        for (JsonNode each : selectors) {
            LabelSelector selector = LabelSelector.of(each);
            for (Resource other : all) {
                if (!other.name().equals(role.name()) && selector.selects(other.labels())) {
                    parts.add(other);
                }
            }
        }
        return new ClusterRoleAggregationView(role, parts);
    }
}
