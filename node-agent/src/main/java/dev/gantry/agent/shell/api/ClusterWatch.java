package dev.gantry.agent.shell.api;

import dev.gantry.agent.network.TrimmedObject;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fills the cache of the cluster's nodes, Services and endpoint slices from the API: an agent may
 * not read the change feed, where everybody's objects are.
 */
public final class ClusterWatch implements AutoCloseable {
    private final String node;
    private final ObjectCache cache;
    private final List<ApiWatch> watches = new ArrayList<>();
    private final AtomicInteger behind;

    /**
     * @param node the agent's own one
     */
    public ClusterWatch(ClusterApi api, Set<GroupResource> wanted, String node, ObjectCache cache) {
        this.node = node;
        this.cache = cache;
        this.behind = new AtomicInteger(wanted.size());
        for (GroupResource each : new TreeSet<>(wanted)) {
            watches.add(new ApiWatch(api, each, "", "", new Feeding(each)));
        }
    }

    public ClusterWatch start() {
        watches.forEach(ApiWatch::start);
        return this;
    }

    @Override
    public void close() {
        watches.forEach(ApiWatch::close);
    }

    /** Invariant: the cache has one writer at a time, though each resource has its own thread. */
    private synchronized void put(ObjectKey key, Revision revision, Optional<Resource> object) {
        cache.put(key, revision, object);
    }

    private final class Feeding implements ApiWatch.Listener {
        private final GroupResource resource;

        Feeding(GroupResource resource) {
            this.resource = resource;
        }

        @Override
        public void onObject(Resource object) {
            put(
                    object.key(resource),
                    object.revision(),
                    Optional.of(TrimmedObject.of(object, node)));
        }

        @Override
        public void onGone(ObjectKey key) {
            put(key, cache.revision(resource), Optional.empty());
        }

        @Override
        public void onCaughtUp() {
            if (behind.decrementAndGet() == 0) {
                cache.onCaughtUp();
            }
        }
    }
}
