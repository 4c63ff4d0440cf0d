package dev.gantry.controller.simulated;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.controller.UncertainNames;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A simulated API, and controllers that see it late: each resource comes into their cache at its
 * own pace, events are repeated, writes fail, answers are lost, and the controllers start again at
 * any point. What the real loop promises holds: a key is looked at only when the cache shows what
 * was written for it last, with those objects fresh from the API that the controller asks for, and
 * a creation whose answer was lost is repeated under the same name.
 */
public final class FaultyCluster {
    private final SimulatedApi api = new SimulatedApi();
    private final List<Controller> controllers;
    private final WholeObjects whole;
    private final Random random;
    private final Map<GroupResource, List<Controller.Change>> unseen = new TreeMap<>();
    private final Map<GroupResource, Revision> newest = new HashMap<>();
    private final Map<ObjectKey, Resource> cache = new TreeMap<>();
    private final Map<Look, Expectations> expected = new HashMap<>();
    private final Set<Look> looks = new LinkedHashSet<>();
    private final TreeMap<Instant, Set<Look>> later = new TreeMap<>();
    private final ClusterReader reader = new Cached();
    private Runnable afterEachStep = () -> {};
    private final UncertainNames uncertain = new UncertainNames();
    private boolean isHealthy;
    private int names;

    private record Look(Controller controller, ObjectKey key) {}

    public FaultyCluster(long seed, Controller... controllers) {
        this.random = new Random(seed);
        this.controllers = List.of(controllers);
        this.whole = new WholeObjects(this.controllers);
        api.listen(
                change ->
                        unseen.computeIfAbsent(change.key().resource(), _ -> new ArrayList<>())
                                .add(kept(change)));
    }

    private Controller.Change kept(Controller.Change change) {
        ObjectKey key = change.key();
        return new Controller.Change(
                key,
                change.before().map(object -> whole.kept(key, object)),
                change.after().map(object -> whole.kept(key, object)));
    }

    public SimulatedApi api() {
        return api;
    }

    /** What has to hold after each single action. */
    public void always(Runnable check) {
        afterEachStep = check;
    }

    /** One thing happens: an event comes, a key is looked at, or everything starts again. */
    public void step() {
        int dice = random.nextInt(40);
        if (dice == 0) {
            restart();
        } else if (dice < 4 && !cache.isEmpty()) {
            var some = new ArrayList<>(cache.values()).get(random.nextInt(cache.size()));
            cache.keySet().stream()
                    .filter(key -> cache.get(key).equals(some))
                    .findFirst()
                    .ifPresent(
                            key ->
                                    hear(
                                            new Controller.Change(
                                                    key, Optional.of(some), Optional.of(some))));
        } else if (dice < 22) {
            List<GroupResource> late =
                    unseen.keySet().stream().filter(each -> !unseen.get(each).isEmpty()).toList();
            if (!late.isEmpty()) {
                see(late.get(random.nextInt(late.size())));
            }
        } else if (!looks.isEmpty()) {
            look(new ArrayList<>(looks).get(random.nextInt(looks.size())));
        }
        due();
    }

    /** Nothing fails any more, until there is nothing to do. */
    public void heal() {
        isHealthy = true;
        for (int i = 0; i < 20_000; i++) {
            due();
            Optional<GroupResource> late =
                    unseen.keySet().stream()
                            .filter(each -> !unseen.get(each).isEmpty())
                            .findFirst();
            if (late.isPresent()) {
                see(late.get());
            } else if (!looks.isEmpty()) {
                look(looks.iterator().next());
            } else {
                isHealthy = false;
                return;
            }
        }
        throw new AssertionError("still busy: " + looks);
    }

    private void restart() {
        looks.clear();
        later.clear();
        expected.clear();
        for (GroupResource each : unseen.keySet()) {
            while (!unseen.get(each).isEmpty()) {
                see(each);
            }
        }
        new ArrayList<>(cache.keySet())
                .forEach(
                        key ->
                                hear(
                                        new Controller.Change(
                                                key,
                                                Optional.empty(),
                                                Optional.of(cache.get(key)))));
    }

    private void see(GroupResource resource) {
        Controller.Change change = unseen.get(resource).removeFirst();
        change.after()
                .ifPresentOrElse(
                        object -> cache.put(change.key(), object),
                        () -> cache.remove(change.key()));
        change.after().ifPresent(object -> newest.put(resource, object.revision()));
        hear(change);
    }

    private void hear(Controller.Change change) {
        for (Controller controller : controllers) {
            boolean isWatched =
                    controller.watches().contains(change.key().resource())
                            || controller.watchesCustomResources()
                                    && Kinds.of(change.key().resource()).isEmpty();
            if (isWatched) {
                controller.keysFor(change, reader, key -> looks.add(new Look(controller, key)));
            }
        }
    }

    private void due() {
        while (!later.isEmpty() && !later.firstKey().isAfter(api.now())) {
            looks.addAll(later.pollFirstEntry().getValue());
        }
    }

    private void look(Look look) {
        Expectations own = expected.computeIfAbsent(look, _ -> new Expectations());
        if (!own.isSeenBy(reader, each -> newest.getOrDefault(each, Revision.NONE))) {
            return;
        }
        looks.remove(look);
        expected.put(look, new Expectations());
        LiveReads reads = look.controller.liveReads(look.key, reader);
        ClusterReader fresh = new Live(reads.objects());
        Plan<Action> plan = look.controller.reconcile(look.key, fresh, api.now());
        for (Action action : plan.actions()) {
            if (!perform(action, expected.get(look))) {
                looks.add(look);
                return;
            }
            afterEachStep.run();
        }
        plan.requeueAt()
                .ifPresent(at -> later.computeIfAbsent(at, _ -> new LinkedHashSet<>()).add(look));
    }

    /** Whether it went well, as far as the controller can tell. */
    private boolean perform(Action action, Expectations own) {
        boolean isLost = !isHealthy && random.nextInt(12) == 0;
        if (isLost && random.nextBoolean()) {
            return false;
        }
        try {
            Optional<Resource> result =
                    action instanceof Action.Create create
                            ? Optional.of(create(create, isLost))
                            : api.apply(action);
            if (isLost && action instanceof Action.Create) {
                return false;
            }
            own.performed(action, result);
            return !isLost;
        } catch (SimulatedApi.Conflict conflict) {
            return false;
        }
    }

    private Resource create(Action.Create create, boolean isLost) {
        GroupResource resource = create.resource();
        Resource object = create.object().copy();
        String prefix = Resource.text(object.metadata(), "generateName");
        if (!object.name().isEmpty()) {
            return api.create(resource, object);
        }
        Optional<String> before = uncertain.take(resource, object.namespace(), prefix, reader);
        object.mutableMetadata().put("name", before.orElseGet(() -> prefix + ++names));
        if (isLost) {
            uncertain.keep(resource, object.namespace(), prefix, object.name());
        }
        Optional<Resource> found = before.flatMap(_ -> api.get(object.key(resource)));
        return found.orElseGet(() -> api.create(resource, object));
    }

    /** What the controllers know. */
    private class Cached implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return Optional.ofNullable(cache.get(key));
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return cache.entrySet().stream()
                    .filter(each -> each.getKey().resource().equals(resource))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        /** As the cache's index has them: also those of a kind that is not known to be complete. */
        @Override
        public List<ObjectKey> ownedBy(Uid owner) {
            return cache.entrySet().stream()
                    .filter(
                            each ->
                                    each.getValue().owners().stream()
                                            .anyMatch(of -> of.uid().equals(owner)))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public List<Kind> aggregatedKinds() {
            return api.aggregatedKinds();
        }
    }

    /** The same, with some objects as the API has them now. */
    private final class Live extends Cached {
        private final Map<ObjectKey, Optional<Resource>> found = new TreeMap<>();

        Live(List<ObjectKey> wanted) {
            wanted.forEach(key -> found.put(key, api.get(key)));
        }

        @Override
        public Optional<Resource> get(ObjectKey key) {
            Optional<Resource> fresh = found.get(key);
            return fresh == null ? super.get(key) : fresh;
        }
    }
}
