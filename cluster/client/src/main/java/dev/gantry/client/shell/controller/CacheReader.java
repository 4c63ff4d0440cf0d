package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.ServiceSlices;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The cache with indexes of owners, of orphans, of slices, and of pods by their nodes and Services.
 */
final class CacheReader implements ClusterReader {
    private static final GroupResource PODS = Resources.PODS;

    /** Kinds that controllers adopt. Of others, nobody asks for orphans. */
    private static final Set<GroupResource> ADOPTED =
            Set.of(PODS, Resources.REPLICA_SETS, Resources.CONTROLLER_REVISIONS);

    private final ObjectCache cache;
    private final Map<Uid, Set<ObjectKey>> owned = new ConcurrentHashMap<>();
    private final Map<Place, Set<ObjectKey>> orphans = new ConcurrentHashMap<>();
    private final Map<String, Set<ObjectKey>> bound = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Set<ObjectKey>> slices = new ConcurrentHashMap<>();
    private final ServiceIndex services;
    private volatile List<Kind> kinds = Kinds.ALL;
    private volatile List<Kind> aggregatedKinds = List.of();

    private record Place(GroupResource resource, String namespace) {}

    /** Observers of the cache find the index up to date. */
    public CacheReader(ObjectCache cache) {
        this.cache = cache;
        this.services = new ServiceIndex(cache);
        cache.index(this::index);
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        return cache.get(key);
    }

    /** Cost: asked for each object that goes, so they are put together when one is defined. */
    @Override
    public List<Kind> kinds() {
        return kinds;
    }

    @Override
    public List<Kind> aggregatedKinds() {
        return aggregatedKinds;
    }

    /** From now on, all objects of these kinds are in the cache. */
    synchronized void aggregated(Collection<Kind> known) {
        aggregatedKinds = List.copyOf(known);
    }

    @Override
    public List<Resource> list(GroupResource resource) {
        return cache.list(resource);
    }

    @Override
    public List<Resource> list(GroupResource resource, String namespace) {
        return cache.list(resource, namespace);
    }

    /** Cost: asked for each of the thousands that go with their namespace. */
    @Override
    public boolean isEmpty(GroupResource resource, String namespace) {
        return cache.isEmpty(resource, namespace);
    }

    @Override
    public List<Resource> ownedBy(Uid owner, GroupResource resource) {
        return known(
                owned.getOrDefault(owner, Set.of()).stream()
                        .filter(key -> key.resource().equals(resource)));
    }

    /** Cost: each object that goes is asked about, and most owned nothing. */
    @Override
    public List<ObjectKey> ownedBy(Uid owner) {
        return List.copyOf(owned.getOrDefault(owner, Set.of()));
    }

    /** Cost: a namespace of thousands of pods is not read for each of its ReplicaSets. */
    @Override
    public List<Resource> orphans(GroupResource resource, String namespace) {
        if (!ADOPTED.contains(resource)) {
            return ClusterReader.super.orphans(resource, namespace);
        }
        return known(orphans.getOrDefault(new Place(resource, namespace), Set.of()).stream());
    }

    /** Cost: when all nodes change at once, the pods are read once, not once for each node. */
    @Override
    public List<Resource> podsOn(String node) {
        return known(bound.getOrDefault(node, Set.of()).stream());
    }

    @Override
    public List<Resource> selectedBy(Resource service) {
        return services.selectedBy(service);
    }

    /** Cost: a namespace of thousands of Services is not read for each pod that becomes ready. */
    @Override
    public List<Resource> slicesOf(ObjectKey service) {
        return known(slices.getOrDefault(service, Set.of()).stream());
    }

    @Override
    public List<Resource> servicesSelecting(Resource pod) {
        return services.selecting(pod);
    }

    private void index(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        indexOwners(key, before, after);
        services.index(key, before, after);
        if (key.resource().equals(Kinds.CUSTOM_RESOURCE_DEFINITION.resource())) {
            kinds = List.copyOf(ClusterReader.super.kinds());
        }
        if (key.resource().equals(Resources.ENDPOINT_SLICES)) {
            indexSlice(
                    key,
                    before.flatMap(ServiceSlices::serviceOf),
                    after.flatMap(ServiceSlices::serviceOf));
        }
        if (key.resource().equals(PODS)) {
            String was = nodeOf(before);
            String is = nodeOf(after);
            if (!was.equals(is)) {
                Keys.remove(bound, was, key);
                if (!is.isEmpty()) {
                    Keys.add(bound, is, key);
                }
            }
        }
    }

    private void indexSlice(ObjectKey key, Optional<ObjectKey> was, Optional<ObjectKey> is) {
        if (!was.equals(is)) {
            was.ifPresent(service -> Keys.remove(slices, service, key));
            is.ifPresent(service -> Keys.add(slices, service, key));
        }
    }

    private static String nodeOf(Optional<Resource> pod) {
        return pod.map(each -> Resource.text(each.spec(), "nodeName")).orElse("");
    }

    /** Cost: most changes change neither an object's owners nor whether it is there. */
    private void indexOwners(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        List<Owner> had = before.map(Resource::owners).orElse(List.of());
        List<Owner> has = after.map(Resource::owners).orElse(List.of());
        if (!had.equals(has)) {
            had.forEach(owner -> Keys.remove(owned, owner.uid(), key));
            has.forEach(owner -> Keys.add(owned, owner.uid(), key));
        }
        if (!ADOPTED.contains(key.resource())) {
            return;
        }
        var place = new Place(key.resource(), key.namespace());
        boolean was = before.isPresent() && had.stream().noneMatch(Owner::isController);
        boolean is = after.isPresent() && has.stream().noneMatch(Owner::isController);
        if (is && !was) {
            Keys.add(orphans, place, key);
        } else if (was && !is) {
            Keys.remove(orphans, place, key);
        }
    }

    private List<Resource> known(Stream<ObjectKey> keys) {
        return keys.map(cache::get).flatMap(Optional::stream).toList();
    }
}
