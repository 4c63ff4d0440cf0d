package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** A controller that looks at objects of one resource, each when it changes and by itself. */
public interface ObjectController extends Controller {
    GroupResource resource();

    Plan<Action> reconcile(Resource object, World world, Instant now);

    /** Whether the object, as it is or was in the end, needs a look at all. */
    default boolean isConcerned(Resource object) {
        return true;
    }

    @Override
    default Set<GroupResource> watches() {
        return Set.of(resource());
    }

    @Override
    default void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (isConcerned(change.newest())) {
            look.accept(change.key());
        }
    }

    @Override
    default Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return world.get(key)
                .filter(this::isConcerned)
                .map(object -> reconcile(object, world, now))
                .orElse(Plan.settled());
    }
}
