package dev.gantry.controller.garbage;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Needs;
import dev.gantry.client.controller.World;
import dev.gantry.controller.garbage.GarbageView.Dependent;
import dev.gantry.controller.garbage.GarbageView.Fate;
import dev.gantry.controller.garbage.GarbageView.OwnerState;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Looks at objects that have owners, and at owners that are going. */
public final class GarbageCollector implements Controller {
    private final GarbageReconciler reconciler = new GarbageReconciler();

    @Override
    public String component() {
        return "garbage-collector-controller";
    }

    /** All kinds but those that are kept outside the log. */
    @Override
    public Set<GroupResource> watches() {
        Set<GroupResource> watched = new TreeSet<>();
        Arrays.stream(BuiltinKind.values())
                .filter(kind -> kind != BuiltinKind.EVENT && kind != BuiltinKind.LEASE)
                .forEach(kind -> watched.add(kind.resource()));
        return watched;
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        Resource object = change.newest();
        boolean isGone = change.after().isEmpty();
        if (!isGone && (object.isBeingDeleted() || !object.owners().isEmpty())) {
            look.accept(change.key());
        }
        boolean isReplaced =
                change.before().isPresent()
                        && change.after().isPresent()
                        && !change.before().get().uid().equals(object.uid());
        if (isGone || isReplaced || Waiting.isFor(object)) {
            dependents(change.before().orElse(object).uid(), world)
                    .forEach(each -> look.accept(each.object().key(each.resource())));
        }
        if (isGone || change.before().isPresent()) {
            lookAtWaitingOwners(change.before().orElse(object), world, look);
        }
    }

    private static void lookAtWaitingOwners(
            Resource object, World world, Consumer<ObjectKey> look) {
        for (Owner owner : object.owners()) {
            keyOf(owner, object)
                    .filter(key -> world.get(key).filter(Resource::isBeingDeleted).isPresent())
                    .ifPresent(look);
        }
    }

    /** Owners that the cache does not know are looked up: the feed may just be behind. */
    @Override
    public Needs needs(ObjectKey key, World world) {
        Optional<Resource> object = world.get(key);
        if (object.isEmpty() || object.get().isBeingDeleted()) {
            return Needs.NONE;
        }
        List<ObjectKey> doubtful = new ArrayList<>();
        for (Owner owner : object.get().owners()) {
            keyOf(owner, object.get())
                    .filter(found -> fate(owner, world.get(found)) == Fate.ABSENT)
                    .ifPresent(doubtful::add);
        }
        return Needs.objects(doubtful);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return world.get(key)
                .map(object -> view(key.resource(), object, world))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private static GarbageView view(GroupResource resource, Resource object, World world) {
        List<OwnerState> owners = new ArrayList<>();
        for (Owner owner : object.owners()) {
            Fate fate =
                    keyOf(owner, object)
                            .map(key -> fate(owner, world.get(key)))
                            .orElse(Fate.PRESENT);
            owners.add(new OwnerState(owner, fate));
        }
        boolean isHeld =
                Waiting.isFor(object)
                        && Waiting.isJustified(object, owner -> dependents(owner, world));
        return new GarbageView(resource, object, owners, dependents(object.uid(), world), isHeld);
    }

    private static Fate fate(Owner owner, Optional<Resource> found) {
        if (found.isEmpty() || !found.get().uid().equals(owner.uid())) {
            return Fate.ABSENT;
        }
        return Waiting.isFor(found.get()) ? Fate.WAITING : Fate.PRESENT;
    }

    private static List<Dependent> dependents(Uid owner, World world) {
        List<Dependent> found = new ArrayList<>();
        for (BuiltinKind kind : BuiltinKind.values()) {
            world.ownedBy(owner, kind.resource())
                    .forEach(each -> found.add(new Dependent(kind.resource(), each)));
        }
        return found;
    }

    /** Empty for kinds that are not known here. */
    private static Optional<ObjectKey> keyOf(Owner owner, Resource dependent) {
        String version = owner.apiVersion();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return Arrays.stream(BuiltinKind.values())
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
