package dev.gantry.controller.node.resourceclaim;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a decision about one claim may see.
 *
 * @param consumers the pods that it is reserved for and that are still there, by uid
 * @param owner the pod that it was made for, where that still is the same one
 */
record ResourceClaimView(
        Resource claim, SortedMap<String, Resource> consumers, Optional<Resource> owner) {

    static ResourceClaimView of(Resource claim, ClusterReader cluster) {
        SortedMap<String, Resource> consumers = new TreeMap<>();
        for (Reservation each : Reservation.of(claim)) {
            if (each.isForPod()) {
                cluster.get(pod(claim, each.name()))
                        .filter(pod -> pod.uid().value().equals(each.uid()))
                        .ifPresent(pod -> consumers.put(each.uid(), pod));
            }
        }
        Optional<Owner> controller = claim.controller().filter(owner -> owner.kind().equals("Pod"));
        Optional<Resource> owner =
                controller.flatMap(
                        found ->
                                cluster.get(pod(claim, found.name()))
                                        .filter(pod -> pod.uid().equals(found.uid())));
        return new ResourceClaimView(claim, consumers, owner);
    }

    static ObjectKey pod(Resource claim, String name) {
        return new ObjectKey(ResourceClaimController.PODS, claim.namespace(), name);
    }
}
