package dev.gantry.controller.workload.replicaset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Adoption;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a decision about one ReplicaSet may see.
 *
 * @param adoption its pods, without those that are finished or being deleted
 * @param terminating how many of its pods are being deleted
 * @param podsPerNode how many pods of it and its sister sets stand on each node; counted only where
 *     some have to go
 * @param refusal why the API refused to do what was wanted last; empty where it did
 */
public record ReplicaSetView(
        Resource replicaSet,
        Adoption adoption,
        int terminating,
        Map<String, Integer> podsPerNode,
        Optional<String> refusal) {
    private static final GroupResource PODS = Resources.PODS;

    public int wanted() {
        return wanted(replicaSet);
    }

    private static int wanted(Resource replicaSet) {
        return replicaSet.spec().path("replicas").asInt(1);
    }

    public Duration minReady() {
        return Duration.ofSeconds(replicaSet.spec().path("minReadySeconds").asLong(0));
    }

    static Optional<ReplicaSetView> of(ReplicaKind kind, ObjectKey key, ClusterReader cluster) {
        return cluster.get(key).map(found -> of(found, kind.selector(found), key, cluster));
    }

    private static ReplicaSetView of(
            Resource replicaSet, LabelSelector selector, ObjectKey key, ClusterReader cluster) {
        List<Resource> candidates = new ArrayList<>();
        int terminating = 0;
        for (Resource pod : cluster.ownedBy(replicaSet.uid(), PODS)) {
            if (PodLife.isFinished(pod) || !Ownership.isControlledBy(pod, replicaSet.uid())) {
                continue;
            }
            if (pod.isBeingDeleted()) {
                terminating++;
            } else {
                candidates.add(pod);
            }
        }
        cluster.orphans(PODS, key.namespace()).stream()
                .filter(PodLife::isActive)
                .forEach(candidates::add);
        Adoption adoption = Adoption.of(replicaSet, selector, PODS, candidates);
        return new ReplicaSetView(
                replicaSet,
                adoption,
                terminating,
                adoption.owned().size() > wanted(replicaSet)
                        ? podsPerNode(replicaSet, adoption, cluster)
                        : new TreeMap<>(),
                cluster.lastRefusal(key));
    }

    private static Map<String, Integer> podsPerNode(
            Resource replicaSet, Adoption adoption, ClusterReader cluster) {
        List<Resource> related = new ArrayList<>(adoption.owned());
        Optional<Owner> parent = replicaSet.controller();
        if (parent.isPresent()) {
            for (Resource sister : cluster.ownedBy(parent.get().uid(), Resources.REPLICA_SETS)) {
                if (!sister.uid().equals(replicaSet.uid())) {
                    related.addAll(cluster.ownedBy(sister.uid(), PODS));
                }
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (Resource pod : related) {
            if (PodLife.isActive(pod)) {
                counts.merge(PodLife.node(pod), 1, Integer::sum);
            }
        }
        return counts;
    }
}
