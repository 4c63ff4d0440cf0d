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
    private static final GroupResource API_SERVICES = Kinds.API_SERVICE.resource();

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
        watched.add(API_SERVICES);
        return watched;
    }

    @Override
    public boolean watchesCustomResources() {
        return true;
    }

    /** Whatever is in a namespace has to go. */
    @Override
    public boolean readsWhole(ObjectKey key) {
        return key.resource().equals(NAMESPACES) || key.resource().equals(API_SERVICES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(NAMESPACES)) {
            change.after()
                    .filter(Resource::isBeingDeleted)
                    .ifPresent(_ -> enqueue.accept(change.key()));
            return;
        }
        if (change.isOf(API_SERVICES)) {
            cluster.list(NAMESPACES).stream()
                    .filter(Resource::isBeingDeleted)
                    .forEach(each -> enqueue.accept(each.key(NAMESPACES)));
            return;
        }
        String name = change.key().namespace();
        if (change.after().isPresent() || !cluster.isEmpty(change.key().resource(), name)) {
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
        if (!isEnding
                || !watchable(cluster.kinds()).stream()
                        .allMatch(each -> cluster.isEmpty(each, key.name()))) {
            return LiveReads.NONE;
        }
        return new LiveReads(
                List.of(),
                namespaced(cluster.kinds()),
                key.name(),
                ExtensionContents.of(key.name(), cluster).unanswered());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> namespace = cluster.get(key).filter(Resource::isBeingDeleted);
        if (namespace.isEmpty()) {
            return Plan.settled();
        }
        boolean isFresh = cluster.isFresh(key.name());
        ExtensionContents extensions =
                isFresh ? ExtensionContents.of(key.name(), cluster) : ExtensionContents.NONE;
        NamespaceView view =
                new NamespaceView(
                        namespace.get(),
                        contents(key.name(), cluster, namespaced(cluster.kinds())),
                        extensions,
                        isFresh && extensions.unanswered().isEmpty(),
                        cluster.lastRefusal(key));
        return reconciler.reconcile(view, now);
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
