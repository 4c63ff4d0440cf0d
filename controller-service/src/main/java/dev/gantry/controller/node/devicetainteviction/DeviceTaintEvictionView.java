package dev.gantry.controller.node.devicetainteviction;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.node.resourceclaim.Reservation;
import dev.gantry.controller.node.resourceclaim.ResourceClaimNames;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.taint.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one pod may see.
 *
 * @param taints the NoExecute taints of the pod's devices
 */
record DeviceTaintEvictionView(Resource pod, List<Found> taints) {
    /**
     * @param tolerations those of the request that the device was allocated for
     */
    record Found(JsonNode taint, JsonNode tolerations) {}

    static DeviceTaintEvictionView of(Resource pod, ClusterReader cluster) {
        List<Found> found = new ArrayList<>();
        for (String name : ResourceClaimNames.all(pod)) {
            cluster.get(new ObjectKey(DeviceTaintEvictionController.CLAIMS, pod.namespace(), name))
                    .filter(claim -> isReservedFor(claim, pod))
                    .ifPresent(claim -> collect(claim, cluster, found));
        }
        return new DeviceTaintEvictionView(pod, found);
    }

    /** What was allocated to the claim, device by device. */
    static JsonNode results(Resource claim) {
        return claim.status().at("/allocation/devices/results");
    }

    static List<JsonNode> evictingTaints(JsonNode device) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : device.path("taints")) {
            if (Resource.text(each, "effect").equals(Taint.NO_EXECUTE)) {
                found.add(each);
            }
        }
        return found;
    }

    private static boolean isReservedFor(Resource claim, Resource pod) {
        return Reservation.of(claim).stream()
                .anyMatch(each -> each.isForPod() && each.uid().equals(pod.uid().value()));
    }

    private static void collect(Resource claim, ClusterReader cluster, List<Found> found) {
        for (JsonNode result : results(claim)) {
            device(result, cluster)
                    .ifPresent(
                            device ->
                                    evictingTaints(device)
                                            .forEach(
                                                    taint ->
                                                            found.add(
                                                                    new Found(
                                                                            taint,
                                                                            result.path(
                                                                                    "tolerations")))));
        }
    }

    /** As the newest generation of its pool has it. Cost: looks at all slices there are. */
    private static Optional<JsonNode> device(JsonNode result, ClusterReader cluster) {
        String name = Resource.text(result, "device");
        long newest = Long.MIN_VALUE;
        Optional<JsonNode> found = Optional.empty();
        for (Resource slice : cluster.list(DeviceTaintEvictionController.SLICES)) {
            long generation = slice.spec().path("pool").path("generation").asLong(0);
            if (!isOfPool(slice, result) || generation < newest) {
                continue;
            }
            found = generation > newest ? Optional.empty() : found;
            newest = generation;
            for (JsonNode device : slice.spec().path("devices")) {
                found = Resource.text(device, "name").equals(name) ? Optional.of(device) : found;
            }
        }
        return found;
    }

    static boolean isOfPool(Resource slice, JsonNode result) {
        return Resource.text(slice.spec(), "driver").equals(Resource.text(result, "driver"))
                && Resource.text(slice.spec().path("pool"), "name")
                        .equals(Resource.text(result, "pool"));
    }
}
