package dev.gantry.state.shell.catalog;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.ResourceTraits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The catalogue that requests begin with now.
 *
 * <p>Cost: one volatile read; changes are rare and take turns.
 */
public final class CurrentCatalog implements ResourceTraits {
    private final List<Consumer<GroupResource>> listeners = new CopyOnWriteArrayList<>();
    private volatile ResourceCatalog catalog;
    private volatile List<RemoteVersion> remote = List.of();
    private volatile boolean isComplete;

    public CurrentCatalog(ResourceCatalog catalog) {
        this.catalog = catalog;
    }

    public ResourceCatalog get() {
        return catalog;
    }

    /** What extension servers serve beside it. The same list until that changes. */
    public List<RemoteVersion> remote() {
        return remote;
    }

    public void putRemote(List<RemoteVersion> now) {
        if (!remote.equals(now)) {
            remote = now;
        }
    }

    /** Whether what was defined before the start is in it. */
    public boolean isComplete() {
        return isComplete;
    }

    void complete() {
        isComplete = true;
    }

    /** Told of a resource whose definition is no longer the one that it was. */
    public void onChange(Consumer<GroupResource> listener) {
        listeners.add(listener);
    }

    public synchronized void put(ResourceDefinition definition) {
        catalog = catalog.with(definition);
        listeners.forEach(each -> each.accept(definition.resource()));
    }

    public synchronized void remove(GroupResource resource) {
        catalog = catalog.without(resource);
        listeners.forEach(each -> each.accept(resource));
    }

    @Override
    public Map<String, String> selectableFields(GroupResource resource, Resource object) {
        return catalog.selectableFields(resource, object);
    }

    @Override
    public Durability durability(GroupResource resource) {
        return catalog.durability(resource);
    }

    @Override
    public boolean isConfidential(GroupResource resource) {
        return catalog.isConfidential(resource);
    }

    @Override
    public Set<GroupResource> resources() {
        return catalog.resources();
    }
}
