package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles objects of one resource, each when it changes and by itself. */
public interface ObjectController extends Controller {
    GroupResource resource();

    Plan<Action> reconcile(Resource object, ClusterReader cluster, Instant now);

    /** Whether the object, as it is or was in the end, is reconciled at all. */
    default boolean isConcerned(Resource object) {
        return true;
    }

    @Override
    default Set<GroupResource> watches() {
        return Set.of(resource());
    }

    @Override
    default void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (isConcerned(change.newest())) {
            enqueue.accept(change.key());
        }
    }

    @Override
    default Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .filter(this::isConcerned)
                .map(object -> reconcile(object, cluster, now))
                .orElse(Plan.settled());
    }
}
