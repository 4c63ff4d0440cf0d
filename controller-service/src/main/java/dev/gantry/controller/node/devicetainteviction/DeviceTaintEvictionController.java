package dev.gantry.controller.node.devicetainteviction;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.controller.node.resourceclaim.Reservation;
import dev.gantry.controller.node.resourceclaim.ResourceClaimNames;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reconciles pods that have devices, when their devices' taints change or they get devices. */
public final class DeviceTaintEvictionController implements Controller {
    static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    static final GroupResource SLICES = Resources.RESOURCE_SLICES;
    static final GroupResource PODS = Resources.PODS;

    private final DeviceTaintEvictionReconciler reconciler = new DeviceTaintEvictionReconciler();

    @Override
    public String component() {
        return "device-taint-eviction-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, SLICES, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            change.after()
                    .filter(pod -> !PodLife.node(pod).isEmpty())
                    .filter(pod -> !ResourceClaimNames.all(pod).isEmpty())
                    .ifPresent(_ -> enqueue.accept(change.key()));
        } else if (change.isOf(CLAIMS)) {
            change.after().ifPresent(claim -> enqueuePodsOf(claim, enqueue));
        } else {
            sliceChanged(change, cluster, enqueue);
        }
    }

    private static void sliceChanged(
            Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        List<JsonNode> taints = taints(change.after());
        if (taints.isEmpty() || taints.equals(taints(change.before()))) {
            return;
        }
        for (Resource claim : cluster.list(CLAIMS)) {
            for (JsonNode result : DeviceTaintEvictionView.results(claim)) {
                if (DeviceTaintEvictionView.isOfPool(change.newest(), result)) {
                    enqueuePodsOf(claim, enqueue);
                }
            }
        }
    }

    private static void enqueuePodsOf(Resource claim, Consumer<ObjectKey> enqueue) {
        if (DeviceTaintEvictionView.results(claim).isEmpty()) {
            return;
        }
        for (Reservation each : Reservation.of(claim)) {
            if (each.isForPod()) {
                enqueue.accept(new ObjectKey(PODS, claim.namespace(), each.name()));
            }
        }
    }

    /** Each with its device. */
    private static List<JsonNode> taints(Optional<Resource> slice) {
        List<JsonNode> found = new ArrayList<>();
        slice.ifPresent(
                each -> {
                    for (JsonNode device : each.spec().path("devices")) {
                        if (!DeviceTaintEvictionView.evictingTaints(device).isEmpty()) {
                            found.add(device);
                        }
                    }
                });
        return found;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(pod -> reconciler.reconcile(DeviceTaintEvictionView.of(pod, cluster), now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return action instanceof Action.Delete
                ? EventText.normal("DeviceTaintManagerEviction", "Marking for deletion")
                        .about(key, cluster)
                : Optional.empty();
    }
}
