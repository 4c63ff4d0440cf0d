package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A control loop without its loop: which changes concern which keys, and what to do about a key.
 * All methods are pure and may run on any thread.
 */
public interface Controller {
    /** Its name in Kubernetes: the component of its events. */
    String component();

    /** Changes of other resources are not shown to it. */
    Set<GroupResource> watches();

    /** Whether it is shown changes of resources that are defined while it runs, too. */
    default boolean watchesCustomResources() {
        return false;
    }

    /**
     * Whether it reads more of an object that it watches than {@link PartialObjectMetadata} has. Of
     * objects of which no controller does, nothing else is kept.
     */
    default boolean readsWhole(ObjectKey key) {
        return true;
    }

    /**
     * Of these, the cache has to show all that there was when its replica began to lead, before it
     * reconciles a first key: what the leader before wrote last would else be overlooked, and that
     * would do harm.
     */
    default Set<GroupResource> knownBeforeLeading() {
        return Set.of();
    }

    /** Names the keys that are to be reconciled because of this change. */
    void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue);

    default LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return LiveReads.NONE;
    }

    Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now);

    /** The event about an action that went well; {@code result} is what now stands. */
    default Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return Optional.empty();
    }

    /** The event about an action that the API refused. */
    default Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return Optional.empty();
    }

    /** What became of one object: of {@code before} and {@code after}, at least one is there. */
    record Change(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        public boolean isOf(GroupResource resource) {
            return key.resource().equals(resource);
        }

        public Resource newest() {
            return after.or(() -> before).orElseThrow();
        }
    }
}
