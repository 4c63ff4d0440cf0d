package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.Dependent;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.Fate;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.OwnerState;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reconciles objects that have owners, and owners that are going. */
public final class GarbageCollector implements Controller {
    private static final GroupResource DEFINITIONS = Kinds.CUSTOM_RESOURCE_DEFINITION.resource();
    private static final GroupResource API_SERVICES = Kinds.API_SERVICE.resource();

    private final GarbageCollectorReconciler reconciler = new GarbageCollectorReconciler();
    private final GoneOwners goneOwners = new GoneOwners();
    private final UnknownOwners unknownOwners = new UnknownOwners();

    @Override
    public String component() {
        return "garbage-collector-controller";
    }

    /** All kinds but those that are kept outside the log. */
    @Override
    public Set<GroupResource> watches() {
        Set<GroupResource> watched = new TreeSet<>();
        Kinds.ALL.stream()
                .filter(kind -> !kind.equals(Kinds.EVENT) && !kind.equals(Kinds.LEASE))
                .forEach(kind -> watched.add(kind.resource()));
        return watched;
    }

    @Override
    public boolean watchesCustomResources() {
        return true;
    }

    /** Who owns whom, and which finalizers there are, is all that counts. */
    @Override
    public boolean readsWhole(ObjectKey key) {
        return false;
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(DEFINITIONS) || change.isOf(API_SERVICES)) {
            unknownOwners.takeAll().forEach(key -> ask(key, cluster, enqueue));
        }
        if (change.after().isEmpty()) {
            unknownOwners.remove(change.key());
            enqueueLeft(change.newest(), cluster, enqueue);
            enqueueWaitingOwners(change.newest(), cluster, enqueue);
        } else if (isNews(change)) {
            changed(change, change.newest(), cluster, enqueue);
        }
    }

    private void changed(
            Change change, Resource object, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        ask(change.key(), cluster, enqueue);
        Optional<Resource> before = change.before();
        before.filter(was -> !was.uid().equals(object.uid()))
                .ifPresent(was -> enqueueLeft(was, cluster, enqueue));
        before.ifPresent(was -> enqueueWaitingOwners(was, cluster, enqueue));
        if (Waiting.isFor(object)) {
            cluster.ownedBy(object.uid()).forEach(enqueue);
        }
    }

    private void enqueueLeft(Resource gone, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        List<ObjectKey> left = cluster.ownedBy(gone.uid());
        if (!left.isEmpty()) {
            goneOwners.add(gone.uid());
        }
        left.forEach(enqueue);
    }

    /** Cost: most changes are of statuses, and say nothing of who owns whom, or of who goes. */
    private static boolean isNews(Change change) {
        if (change.before().isEmpty()) {
            return true;
        }
        Resource was = change.before().get();
        Resource is = change.newest();
        return !was.uid().equals(is.uid())
                || was.isBeingDeleted() != is.isBeingDeleted()
                || !was.owners().equals(is.owners())
                || !was.finalizers().equals(is.finalizers());
    }

    /** An owner of a kind that becomes known in the same moment is either noted or known. */
    private void ask(ObjectKey key, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Resource> object = cluster.get(key);
        if (object.isEmpty()) {
            return;
        }
        List<Owner> owners = object.get().owners();
        if (owners.stream().anyMatch(owner -> keyOf(owner, object.get(), cluster).isEmpty())) {
            unknownOwners.add(key);
        }
        if (object.get().isBeingDeleted() || !owners.isEmpty()) {
            enqueue.accept(key);
        }
    }

    private static void enqueueWaitingOwners(
            Resource object, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Owner owner : object.owners()) {
            keyOf(owner, object, cluster)
                    .filter(key -> cluster.get(key).filter(Resource::isBeingDeleted).isPresent())
                    .ifPresent(enqueue);
        }
    }

    /**
     * Owners that the cache does not know are looked up, since the feed may just be behind; but not
     * those whose end it told.
     */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> object = cluster.get(key);
        if (object.isEmpty() || object.get().isBeingDeleted()) {
            return LiveReads.NONE;
        }
        List<ObjectKey> doubtful = new ArrayList<>();
        for (Owner owner : object.get().owners()) {
            keyOf(owner, object.get(), cluster)
                    .filter(_ -> !goneOwners.contains(owner.uid()))
                    .filter(found -> fate(owner, cluster.get(found)) == Fate.ABSENT)
                    .ifPresent(doubtful::add);
        }
        return LiveReads.objects(doubtful);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(object -> view(key.resource(), object, cluster))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private static GarbageCollectorView view(
            GroupResource resource, Resource object, ClusterReader cluster) {
        List<OwnerState> owners = new ArrayList<>();
        for (Owner owner : object.owners()) {
            Fate fate =
                    keyOf(owner, object, cluster)
                            .map(key -> fate(owner, cluster.get(key)))
                            .orElse(Fate.PRESENT);
            owners.add(new OwnerState(owner, fate));
        }
        boolean isHeld =
                Waiting.isFor(object)
                        && Waiting.isJustified(object, owner -> dependents(owner, cluster));
        return new GarbageCollectorView(
                resource, object, owners, dependents(object.uid(), cluster), isHeld);
    }

    private static Fate fate(Owner owner, Optional<Resource> found) {
        if (found.isEmpty() || !found.get().uid().equals(owner.uid())) {
            return Fate.ABSENT;
        }
        return Waiting.isFor(found.get()) ? Fate.WAITING : Fate.PRESENT;
    }

    private static List<Dependent> dependents(Uid owner, ClusterReader cluster) {
        List<Dependent> found = new ArrayList<>();
        for (ObjectKey key : cluster.ownedBy(owner)) {
            cluster.get(key).ifPresent(object -> found.add(new Dependent(key.resource(), object)));
        }
        return found;
    }

    private static Stream<Kind> kinds(ClusterReader cluster) {
        return Stream.concat(cluster.kinds().stream(), cluster.aggregatedKinds().stream());
    }

    /** Empty for kinds that are not known here. */
    private static Optional<ObjectKey> keyOf(
            Owner owner, Resource dependent, ClusterReader cluster) {
        String version = owner.apiVersion();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return kinds(cluster)
                .filter(kind -> kind.kindName().equals(owner.kind()) && kind.group().equals(group))
                .findFirst()
                .map(
                        kind ->
                                new ObjectKey(
                                        kind.resource(),
                                        kind.isNamespaced() ? dependent.namespace() : "",
                                        owner.name()));
    }
}
