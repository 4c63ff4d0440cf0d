package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a cache must show before a key is reconciled again: our own last writes for it. Any thread
 * may add some.
 *
 * <p>Invariant: a decision never overlooks an object that we made, or counts one that we deleted;
 * that is how a creation is not repeated.
 */
public final class Expectations {
    private final Map<GroupResource, Revision> written = new HashMap<>();
    private final Map<ObjectKey, Uid> deleted = new HashMap<>();

    /**
     * @param result what now stands, where the action leaves something
     */
    public void performed(Action action, Optional<Resource> result) {
        switch (action) {
            case Action.Create create -> wrote(create.resource(), result.orElseThrow());
            case Action.Update update -> wrote(update.resource(), result.orElseThrow());
            case Action.PatchMetadata patch -> wrote(patch.key().resource(), result.orElseThrow());
            case Action.PutStatus put -> wrote(put.resource(), result.orElseThrow());
            case Action.Approve decided -> wrote(decided.resource(), result.orElseThrow());
            case Action.Delete delete -> deletes(delete.key(), delete.uid());
            case Action.Remove remove -> deletes(remove.key(), remove.uid());
            case Action.PutScale _,
                    Action.DeletePath _,
                    Action.DeleteAll _,
                    Action.Finalize _,
                    Action.RecordEvent _ -> {}
        }
    }

    public synchronized void wrote(GroupResource resource, Resource result) {
        written.merge(
                resource, result.revision(), (one, other) -> one.isAfter(other) ? one : other);
    }

    public synchronized void deletes(ObjectKey key, Uid uid) {
        deleted.put(key, uid);
    }

    /**
     * @param newest the newest revision of each resource that the cache has
     */
    public synchronized boolean isSeenBy(
            ClusterReader cache, Function<GroupResource, Revision> newest) {
        for (Map.Entry<GroupResource, Revision> each : written.entrySet()) {
            if (each.getValue().isAfter(newest.apply(each.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<ObjectKey, Uid> each : deleted.entrySet()) {
            boolean isStillThere =
                    cache.get(each.getKey())
                            .filter(found -> found.uid().equals(each.getValue()))
                            .filter(found -> !found.isBeingDeleted())
                            .isPresent();
            if (isStillThere) {
                return false;
            }
        }
        return true;
    }
}
