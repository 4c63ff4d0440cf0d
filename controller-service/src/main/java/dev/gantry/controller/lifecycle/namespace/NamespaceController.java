package dev.gantry.controller.lifecycle.namespace;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reconciles a namespace that is being deleted whenever the last of something in it goes. */
public final class NamespaceController implements Controller {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    /** Kept outside the log, so no feed tells of them. */
    private static final Set<Kind> UNWATCHED = Set.of(Kinds.EVENT, Kinds.LEASE);

    private final NamespaceReconciler reconciler = new NamespaceReconciler();

    @Override
    public String component() {
        return "namespace-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        Set<GroupResource> watched = new TreeSet<>(watchable(Kinds.ALL));
        watched.add(NAMESPACES);
        return watched;
    }

    @Override
    public boolean watchesCustomResources() {
        return true;
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(NAMESPACES)) {
            change.after()
                    .filter(Resource::isBeingDeleted)
                    .ifPresent(_ -> enqueue.accept(change.key()));
            return;
        }
        String name = change.key().namespace();
        if (change.after().isPresent() || cluster.hasAny(change.key().resource(), name)) {
            return; // Cost: thousands may go one by one, and each look counts what is left.
        }
        ObjectKey namespace = new ObjectKey(NAMESPACES, "", name);
        cluster.get(namespace)
                .filter(Resource::isBeingDeleted)
                .ifPresent(_ -> enqueue.accept(namespace));
    }

    /** Everything is listed from the API once the cache believes that nothing is left. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        boolean isEnding = cluster.get(key).filter(Resource::isBeingDeleted).isPresent();
        return isEnding
                        && watchable(cluster.kinds()).stream()
                                .noneMatch(each -> cluster.hasAny(each, key.name()))
                ? LiveReads.lists(namespaced(cluster.kinds()), key.name())
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> namespace = cluster.get(key).filter(Resource::isBeingDeleted);
        if (namespace.isEmpty()) {
            return Plan.settled();
        }
        var contents = contents(key.name(), cluster, namespaced(cluster.kinds()));
        boolean isCertain = cluster.isFresh(key.name());
        Optional<String> refusal = cluster.lastRefusal(key);
        return reconciler.reconcile(
                new NamespaceView(namespace.get(), contents, isCertain, refusal), now);
    }

    private static SortedMap<GroupResource, List<Resource>> contents(
            String namespace, ClusterReader cluster, List<GroupResource> resources) {
        SortedMap<GroupResource, List<Resource>> contents = new TreeMap<>();
        for (GroupResource resource : resources) {
            List<Resource> found = cluster.list(resource, namespace);
            if (!found.isEmpty()) {
                contents.put(resource, found);
            }
        }
        return contents;
    }

    private static List<GroupResource> namespaced(List<Kind> kinds) {
        return kinds.stream().filter(Kind::isNamespaced).map(Kind::resource).toList();
    }

    private static List<GroupResource> watchable(List<Kind> kinds) {
        return kinds.stream()
                .filter(kind -> kind.isNamespaced() && !UNWATCHED.contains(kind))
                .map(Kind::resource)
                .toList();
    }
}
