package dev.gantry.agent.shell.api;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills the cache of the cluster's nodes, Services and endpoint slices from the API: an agent may
 * not read the change feed, where everybody's objects are.
 */
public final class ClusterWatch implements AutoCloseable {
    private final ObjectCache cache;
    private final InstantSource clock;
    private final List<ApiWatch> watches = new ArrayList<>();
    private final AtomicInteger behind;

    public ClusterWatch(
            ClusterApi api, Set<GroupResource> wanted, ObjectCache cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
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
    private synchronized void put(ChangeMessage change) {
        cache.onChange(change);
    }

    private final class Feeding implements ApiWatch.Listener {
        private final GroupResource resource;

        Feeding(GroupResource resource) {
            this.resource = resource;
        }

        @Override
        public void onObject(Resource object) {
            put(
                    new ChangeMessage(
                            object.key(resource),
                            object.revision(),
                            Revision.NONE,
                            Type.MODIFIED,
                            clock.instant(),
                            "",
                            JsonMapper.shared().writeValueAsBytes(object.tree())));
        }

        @Override
        public void onGone(ObjectKey key) {
            Revision last = cache.revision(resource);
            put(new ChangeMessage(key, last, last, Type.DELETED, clock.instant(), "", null));
        }

        @Override
        public void onCaughtUp() {
            if (behind.decrementAndGet() == 0) {
                cache.onCaughtUp();
            }
        }
    }
}
