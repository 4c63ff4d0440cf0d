package dev.gantry.gateway.shell.state;

import dev.gantry.gateway.shell.state.StateClient.StateFault;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that the gateway reads when it starts and sees to that they are there. What is stored
 * goes to a sink, whoever stored it; a write that another was faster with is left to it.
 */
public final class StoredObjects {
    private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);
    private static final Set<Integer> OUTRUN = Set.of(404, 409);

    private final StateClient state;
    private final Sink sink;

    /** Hears of objects; an empty one is gone since that revision. */
    public interface Sink {
        void put(ObjectKey key, Optional<Resource> object, Revision revision);
    }

    public StoredObjects(StateClient state, Sink sink) {
        this.state = state;
        this.sink = sink;
    }

    public void read(GroupResource resource) {
        state.list(resource, "", "").forEach(each -> keep(resource, each));
    }

    /**
     * @param stored what there is of it
     * @param completion of what is stored by what is wanted; empty where nothing is missing
     */
    public void ensure(
            GroupResource resource,
            Resource wanted,
            Optional<Resource> stored,
            BiFunction<Resource, Resource, Optional<Resource>> completion) {
        if (stored.isEmpty()) {
            write(resource, () -> state.create(resource, wanted));
            return;
        }
        completion
                .apply(stored.get(), wanted)
                .ifPresent(changed -> write(resource, () -> state.update(resource, changed)));
    }

    /** Keeps what the write says that is stored then. */
    public void write(GroupResource resource, Supplier<Resource> write) {
        try {
            keep(resource, write.get());
        } catch (StateFault fault) {
            if (!OUTRUN.contains(fault.code())) {
                throw fault;
            }
            LOG.debug("left to whoever was faster: {}", fault.getMessage());
        }
    }

    private void keep(GroupResource resource, Resource object) {
        sink.put(object.key(resource), Optional.of(object), object.revision());
    }
}
