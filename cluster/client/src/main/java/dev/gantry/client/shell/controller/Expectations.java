package dev.gantry.client.shell.controller;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a cache must show before a key is reconciled again: our own last writes for it.
 *
 * <p>Invariant: a decision never overlooks an object that we made, or counts one that we deleted;
 * that is how a creation is not repeated.
 */
final class Expectations {
    private final Map<GroupResource, Revision> written = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Uid> deleted = new ConcurrentHashMap<>();

    void wrote(GroupResource resource, Resource result) {
        written.merge(
                resource, result.revision(), (one, other) -> one.isAfter(other) ? one : other);
    }

    void deletes(ObjectKey key, Uid uid) {
        deleted.put(key, uid);
    }

    public boolean isSeenBy(ObjectCache cache) {
        for (Map.Entry<GroupResource, Revision> each : written.entrySet()) {
            if (each.getValue().isAfter(cache.revision(each.getKey()))) {
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
