package dev.gantry.controller.workload.deployment;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Adoption;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a decision about one Deployment may see.
 *
 * @param adoption its ReplicaSets, the oldest first
 * @param populated the ReplicaSets that still have pods which have not finished; told only to one
 *     that recreates its pods, which waits for them to go
 * @param namesake the ReplicaSet that has the name which a new one would get
 */
record DeploymentView(
        Resource deployment, Adoption adoption, Set<Uid> populated, Optional<Resource> namesake) {
    private static final Comparator<Resource> OLDEST_FIRST =
            Comparator.comparing((Resource set) -> set.creationTime().orElse(Instant.EPOCH))
                    .thenComparing(Resource::name);

    static Optional<DeploymentView> of(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key).map(found -> of(found, cluster));
    }

    private static DeploymentView of(Resource deployment, ClusterReader cluster) {
        var sets = Resources.REPLICA_SETS;
        LabelSelector selector = LabelSelector.of(deployment.spec().path("selector"));
        List<Resource> candidates =
                Adoption.candidates(deployment, sets, cluster).stream()
                        .sorted(OLDEST_FIRST)
                        .toList();
        Adoption adoption = Adoption.of(deployment, selector, sets, candidates);
        Set<Uid> populated =
                recreates(deployment) ? populated(adoption.owned(), cluster) : new TreeSet<>();
        String name = Template.nameFor(deployment);
        Optional<Resource> namesake =
                cluster.get(new ObjectKey(sets, deployment.namespace(), name));
        return new DeploymentView(deployment, adoption, populated, namesake);
    }

    private static Set<Uid> populated(List<Resource> sets, ClusterReader cluster) {
        Set<Uid> populated = new TreeSet<>();
        for (Resource set : sets) {
            boolean hasPods =
                    cluster.ownedBy(set.uid(), Resources.PODS).stream()
                            .anyMatch(pod -> !PodLife.isFinished(pod));
            if (hasPods) {
                populated.add(set.uid());
            }
        }
        return populated;
    }

    /** Whether all its old pods go before new ones come. */
    static boolean recreates(Resource deployment) {
        return Resource.text(deployment.spec().path("strategy"), "type").equals("Recreate");
    }
}
