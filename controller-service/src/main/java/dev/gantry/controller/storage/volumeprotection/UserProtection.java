package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.function.BiPredicate;

/** Keeps what is being deleted for as long as other objects use it. */
public final class UserProtection {
    private final ProtectionReconciler reconciler;
    private final BiPredicate<Resource, ClusterReader> hasUsers;

    /**
     * @param hasUsers asked only of what is being deleted
     */
    public UserProtection(
            GroupResource resource,
            String finalizer,
            BiPredicate<Resource, ClusterReader> hasUsers) {
        this.reconciler = new ProtectionReconciler(resource, finalizer);
        this.hasUsers = hasUsers;
    }

    /**
     * Once the cache knows no user, the API is asked: one may have come a moment ago.
     *
     * @param users the reads that would find one
     */
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster, LiveReads users) {
        boolean seemsUnused =
                cluster.get(key)
                        .filter(Resource::isBeingDeleted)
                        .filter(found -> !hasUsers.test(found, cluster))
                        .isPresent();
        return seemsUnused ? users : LiveReads.NONE;
    }

    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(found -> new ProtectionView(found, isUsed(found, cluster)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private boolean isUsed(Resource found, ClusterReader cluster) {
        return found.isBeingDeleted() && hasUsers.test(found, cluster);
    }
}
