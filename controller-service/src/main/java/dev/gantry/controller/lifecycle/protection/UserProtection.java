package dev.gantry.controller.lifecycle.protection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller.Change;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps what is being deleted for as long as other objects use it. */
public final class UserProtection {
    private final GroupResource resource;
    private final ProtectionReconciler reconciler;
    private final BiPredicate<Resource, ClusterReader> hasUsers;

    /**
     * @param hasUsers asked only of what is being deleted
     */
    public UserProtection(
            GroupResource resource,
            String finalizer,
            BiPredicate<Resource, ClusterReader> hasUsers) {
        this.resource = resource;
        this.reconciler = new ProtectionReconciler(resource, finalizer);
        this.hasUsers = hasUsers;
    }

    /**
     * Names what is protected; and of what an object used, what is being deleted, since that object
     * may have been the last one.
     *
     * @param usedBy the names of what an object of the same namespace uses
     */
    public void keysFor(
            Change change,
            Function<Resource, ? extends Collection<String>> usedBy,
            ClusterReader cluster,
            Consumer<ObjectKey> enqueue) {
        if (change.isOf(resource)) {
            enqueue.accept(change.key());
            return;
        }
        Resource user = change.newest();
        for (String name : usedBy.apply(user)) {
            ObjectKey key = new ObjectKey(resource, user.namespace(), name);
            cluster.get(key).filter(Resource::isBeingDeleted).ifPresent(_ -> enqueue.accept(key));
        }
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
