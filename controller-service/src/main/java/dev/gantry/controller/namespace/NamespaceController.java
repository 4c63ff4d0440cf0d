package dev.gantry.controller.namespace;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Needs;
import dev.gantry.client.controller.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Looks at a namespace that is being deleted whenever the last of something in it goes. */
public final class NamespaceController implements Controller {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    /** Kept outside the log, so no feed tells of them. */
    private static final Set<BuiltinKind> UNWATCHED = Set.of(BuiltinKind.EVENT, BuiltinKind.LEASE);

    private final NamespaceReconciler reconciler = new NamespaceReconciler();

    @Override
    public String component() {
        return "namespace-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        Set<GroupResource> watched = new TreeSet<>(watchable());
        watched.add(NAMESPACES);
        return watched;
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(NAMESPACES)) {
            change.after()
                    .filter(Resource::isBeingDeleted)
                    .ifPresent(_ -> look.accept(change.key()));
            return;
        }
        String name = change.key().namespace();
        if (change.after().isPresent() || !world.list(change.key().resource(), name).isEmpty()) {
            return; // Cost: thousands may go one by one, and each look counts what is left.
        }
        ObjectKey namespace = new ObjectKey(NAMESPACES, "", name);
        world.get(namespace)
                .filter(Resource::isBeingDeleted)
                .ifPresent(_ -> look.accept(namespace));
    }

    /** Everything is listed from the API once the cache believes that nothing is left. */
    @Override
    public Needs needs(ObjectKey key, World world) {
        boolean isEnding = world.get(key).filter(Resource::isBeingDeleted).isPresent();
        return isEnding && contents(key.name(), world, watchable()).isEmpty()
                ? Needs.lists(namespaced(), key.name())
                : Needs.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        Optional<Resource> namespace = world.get(key).filter(Resource::isBeingDeleted);
        if (namespace.isEmpty()) {
            return Plan.settled();
        }
        var contents = contents(key.name(), world, namespaced());
        boolean isCertain = world.isFresh(key.name());
        Optional<String> refusal = world.lastRefusal(key);
        return reconciler.reconcile(
                new NamespaceView(namespace.get(), contents, isCertain, refusal), now);
    }

    private static SortedMap<GroupResource, List<Resource>> contents(
            String namespace, World world, List<GroupResource> resources) {
        SortedMap<GroupResource, List<Resource>> contents = new TreeMap<>();
        for (GroupResource resource : resources) {
            List<Resource> found = world.list(resource, namespace);
            if (!found.isEmpty()) {
                contents.put(resource, found);
            }
        }
        return contents;
    }

    private static List<GroupResource> namespaced() {
        return Arrays.stream(BuiltinKind.values())
                .filter(BuiltinKind::isNamespaced)
                .map(BuiltinKind::resource)
                .toList();
    }

    private static List<GroupResource> watchable() {
        return Arrays.stream(BuiltinKind.values())
                .filter(kind -> kind.isNamespaced() && !UNWATCHED.contains(kind))
                .map(BuiltinKind::resource)
                .toList();
    }
}
