package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision about one claim may see.
 *
 * @param named the volume that the claim names, where it names one that exists
 * @param volumes all of them where it names none; else none
 * @param storageClass its own, where that exists
 * @param defaultClass what a claim without a class gets
 * @param waiting names of pods without a node that use it, where its class waits for them
 */
record PersistentVolumeClaimView(
        Resource claim,
        Optional<Resource> named,
        List<Resource> volumes,
        Optional<Resource> storageClass,
        Optional<Resource> defaultClass,
        List<String> waiting) {

    static PersistentVolumeClaimView of(Resource claim, ClusterReader cluster) {
        String name = Storage.volumeName(claim);
        boolean isNamed = !name.isEmpty();
        Optional<Resource> own =
                cluster.get(new ObjectKey(Storage.CLASSES, "", Storage.className(claim)));
        boolean isDelayed = own.filter(Storage::waitsForConsumer).isPresent();
        return new PersistentVolumeClaimView(
                claim,
                isNamed ? cluster.get(Storage.volumeKey(name)) : Optional.empty(),
                isNamed ? List.of() : cluster.list(Storage.VOLUMES),
                own,
                isNamed ? Optional.empty() : defaultClass(cluster),
                !isNamed && isDelayed ? waiting(claim, cluster) : List.of());
    }

    /** The consumer is not there yet, or has no node yet. */
    boolean isDelayed() {
        return storageClass.filter(Storage::waitsForConsumer).isPresent();
    }

    /** The scheduler chose a node and left the volume to be made for it. */
    boolean hasNode() {
        return claim.annotations().containsKey(Storage.SELECTED_NODE);
    }

    /** Compat: of several the newest, then by name. */
    private static Optional<Resource> defaultClass(ClusterReader cluster) {
        Comparator<Resource> newestFirst =
                Comparator.comparing((Resource each) -> each.creationTime().orElse(Instant.EPOCH))
                        .reversed();
        return cluster.list(Storage.CLASSES).stream()
                .filter(Storage::isDefault)
                .min(newestFirst.thenComparing(Resource::name));
    }

    private static List<String> waiting(Resource claim, ClusterReader cluster) {
        return cluster.list(Storage.PODS, claim.namespace()).stream()
                .filter(pod -> PodLife.node(pod).isEmpty() && PodLife.isActive(pod))
                .filter(pod -> PodClaims.of(pod).contains(claim.name()))
                .map(Resource::name)
                .toList();
    }
}
