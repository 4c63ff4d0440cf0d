package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.lifecycle.protection.UserProtection;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A claim is in use while a pod that has a node refers to it, finished or not.
 *
 * <p>Compat: a pod without a node does not count, since no agent starts a pod whose claim is going.
 */
public final class PvcProtectionController implements Controller {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource PODS = Resources.PODS;

    private final UserProtection protection =
            new UserProtection(
                    CLAIMS, "kubernetes.io/pvc-protection", PvcProtectionController::hasUsers);

    @Override
    public String component() {
        return "persistentvolumeclaim-protection-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        protection.keysFor(change, PodClaims::of, cluster, enqueue);
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return protection.liveReads(key, cluster, LiveReads.lists(List.of(PODS), key.namespace()));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return protection.reconcile(key, cluster, now);
    }

    private static boolean hasUsers(Resource claim, ClusterReader cluster) {
        return cluster.list(PODS, claim.namespace()).stream()
                .anyMatch(pod -> uses(pod, claim.name()));
    }

    private static boolean uses(Resource pod, String claim) {
        return !PodLife.node(pod).isEmpty() && PodClaims.of(pod).contains(claim);
    }
}
