package dev.gantry.controller.policy.disruption;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.selector.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one budget may see.
 *
 * @param pods those that it selects
 * @param scales what scales these pods, by the uid of the owner that they name
 */
record DisruptionView(Resource budget, List<Resource> pods, TreeMap<Uid, Scale> scales) {
    /** An owner that says how many pods there shall be. */
    record Scale(Uid uid, int replicas) {}

    static Optional<DisruptionView> of(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key).map(budget -> of(budget, cluster));
    }

    private static DisruptionView of(Resource budget, ClusterReader cluster) {
        List<Resource> pods =
                cluster.list(DisruptionController.PODS, budget.namespace()).stream()
                        .filter(selector(budget))
                        .toList();
        TreeMap<Uid, Scale> scales = new TreeMap<>();
        for (Resource pod : pods) {
            Optional<Owner> owner = pod.controller();
            if (owner.isPresent() && !scales.containsKey(owner.get().uid())) {
                scale(owner.get(), budget.namespace(), cluster)
                        .ifPresent(scale -> scales.put(owner.get().uid(), scale));
            }
        }
        return new DisruptionView(budget, pods, scales);
    }

    /** Compat: no selector selects nothing, an empty one everything. */
    static Predicate<Resource> selector(Resource budget) {
        JsonNode selector = budget.spec().path("selector");
        return selector.isObject() ? LabelSelector.of(selector)::selects : _ -> false;
    }

    /** A Deployment speaks for its sets: during a rollout there are two of them. */
    private static Optional<Scale> scale(Owner owner, String namespace, ClusterReader cluster) {
        Optional<Resource> set =
                owner(DisruptionController.SETS, "ReplicaSet", owner, namespace, cluster);
        if (set.isEmpty()) {
            return owner(Resources.STATEFUL_SETS, "StatefulSet", owner, namespace, cluster)
                    .or(
                            () ->
                                    owner(
                                            Resources.REPLICATION_CONTROLLERS,
                                            "ReplicationController",
                                            owner,
                                            namespace,
                                            cluster))
                    .map(DisruptionView::scaleOf);
        }
        Optional<Owner> above = set.get().controller();
        Optional<Resource> deployment =
                above.flatMap(
                        found ->
                                owner(
                                        DisruptionController.DEPLOYMENTS,
                                        "Deployment",
                                        found,
                                        namespace,
                                        cluster));
        boolean isOrphaned =
                above.filter(found -> found.kind().equals("Deployment")).isPresent()
                        && deployment.isEmpty();
        return isOrphaned ? Optional.empty() : Optional.of(scaleOf(deployment.orElse(set.get())));
    }

    private static Optional<Resource> owner(
            GroupResource resource,
            String kind,
            Owner owner,
            String namespace,
            ClusterReader cluster) {
        int slash = Math.max(0, owner.apiVersion().indexOf('/'));
        boolean isOne =
                owner.kind().equals(kind)
                        && owner.apiVersion().substring(0, slash).equals(resource.group());
        return isOne
                ? cluster.get(new ObjectKey(resource, namespace, owner.name()))
                        .filter(found -> found.uid().equals(owner.uid()))
                : Optional.empty();
    }

    private static Scale scaleOf(Resource owner) {
        return new Scale(owner.uid(), owner.spec().path("replicas").asInt(1));
    }
}
