package dev.gantry.controller.simulated;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API in memory that runs controllers until they have nothing to do: revisions, uids,
 * generations, finalizers, graceful deletion of bound pods. One thread, no faults; those are for
 * the simulation.
 */
public final class SimulatedApi implements ClusterReader {
    private static final int PATIENCE = 5000;

    private final List<Controller> controllers;
    private final WholeObjects whole;
    private final ClusterReader cache = new Cached();
    private final Map<ObjectKey, Resource> objects = new TreeMap<>();
    private final Set<Look> looks = new LinkedHashSet<>();
    private final TreeMap<Instant, Set<Look>> later = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> deletedPaths = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Runnable afterEachStep = () -> {};
    private long revision;
    private int actions;

    private Consumer<Controller.Change> listener = _ -> {};

    private Function<ApiQuery, ApiAnswer> answers =
            _ ->
                    new ApiAnswer.Refused(
                            404, "NotFound", "the server could not find the requested resource");
    private Consumer<Action.PutScale> scaling = _ -> {};
    private List<Kind> aggregatedKinds = List.of();

    private record Look(Controller controller, ObjectKey key) {}

    /** What was written is not what the writer has seen. */
    public static final class Conflict extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message);
        }
    }

    public SimulatedApi(Controller... controllers) {
        this.controllers = List.of(controllers);
        this.whole = new WholeObjects(this.controllers);
    }

    public static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    /** What has to hold after each single action. */
    public void always(Runnable check) {
        afterEachStep = check;
    }

    /** Who is told of each change, in order. */
    public void listen(Consumer<Controller.Change> to) {
        listener = to;
    }

    /** What other paths than those of objects answer. */
    public void answering(Function<ApiQuery, ApiAnswer> how) {
        answers = how;
    }

    /** What extension servers serve from now on, as their APIService tells everybody. */
    public void aggregating(List<Kind> kinds, Resource service) {
        aggregatedKinds = kinds;
        store(Kinds.API_SERVICE.resource(), service.copy());
    }

    @Override
    public List<Kind> aggregatedKinds() {
        return aggregatedKinds;
    }

    /** What becomes of a scale that is written. */
    public void scaling(Consumer<Action.PutScale> how) {
        scaling = how;
    }

    @Override
    public Optional<ApiAnswer> answer(ApiQuery query) {
        return Optional.of(answers.apply(query));
    }

    public Instant now() {
        return now;
    }

    /** Paths that are no objects, in the order in which their deletion was asked for. */
    public List<String> deletedPaths() {
        return deletedPaths;
    }

    public List<String> told() {
        return told;
    }

    /** How many writes the controllers made so far. */
    public int actions() {
        return actions;
    }

    /** Lets time pass, then runs everything that is due until nothing is. */
    public void pass(int seconds) {
        now = now.plusSeconds(seconds);
        settle();
    }

    public void settle() {
        for (int i = 0; i < PATIENCE; i++) {
            while (!later.isEmpty() && !later.firstKey().isAfter(now)) {
                looks.addAll(later.pollFirstEntry().getValue());
            }
            if (looks.isEmpty()) {
                return;
            }
            Look next = looks.iterator().next();
            looks.remove(next);
            perform(next);
        }
        throw new AssertionError("still busy after " + PATIENCE + " looks: " + looks);
    }

    private void perform(Look look) {
        Plan<Action> plan = look.controller.reconcile(look.key, cache, now);
        for (Action action : plan.actions()) {
            Optional<Resource> result = apply(action);
            actions += action instanceof Action.RecordEvent ? 0 : 1;
            look.controller.done(look.key, cache, action, result).ifPresent(this::hear);
            afterEachStep.run();
        }
        plan.requeueAt()
                .ifPresent(at -> later.computeIfAbsent(at, _ -> new LinkedHashSet<>()).add(look));
    }

    private void hear(Action.RecordEvent event) {
        told.add(event.reason() + ": " + event.message());
    }

    /** What now stands, where the action leaves something. */
    public Optional<Resource> apply(Action action) {
        switch (action) {
            case Action.Create create -> {
                return Optional.of(create(create.resource(), create.object()));
            }
            case Action.Update update -> {
                return Optional.of(update(update.resource(), update.object()));
            }
            case Action.PatchMetadata patch -> {
                Resource stored =
                        get(patch.key()).orElseThrow(() -> new Conflict("gone: " + patch));
                return Optional.of(update(patch.key().resource(), patch.appliedTo(stored)));
            }
            case Action.PutStatus put -> {
                return Optional.of(putStatus(put.resource(), put.object()));
            }
            case Action.Approve decided -> {
                return Optional.of(putStatus(decided.resource(), decided.object()));
            }
            case Action.PutScale put -> {
                scaling.accept(put);
                return Optional.of(put.scale());
            }
            case Action.Delete delete -> delete(delete.key(), delete.propagation().wire());
            case Action.Remove remove -> drop(remove.key());
            case Action.DeletePath gone -> deletedPaths.add(gone.path());
            case Action.DeleteAll all ->
                    list(all.resource(), all.namespace())
                            .forEach(each -> delete(each.key(all.resource()), "Background"));
            case Action.Finalize end -> drop(end.namespace().key(Resources.NAMESPACES));
            case Action.RecordEvent event -> hear(event);
        }
        return Optional.empty();
    }

    public Resource create(GroupResource resource, Resource object) {
        Resource made = object.copy();
        ObjectNode metadata = made.mutableMetadata();
        if (made.name().isEmpty()) {
            metadata.put("name", Resource.text(metadata, "generateName") + (revision + 1));
        }
        metadata.put("uid", "uid-" + (revision + 1));
        metadata.put("creationTimestamp", Conditions.timestamp(now));
        metadata.put("generation", 1);
        if (objects.containsKey(made.key(resource))) {
            throw new Conflict(made.key(resource) + " is there already");
        }
        return store(resource, made);
    }

    public Resource update(GroupResource resource, Resource object) {
        Resource before = stored(object.key(resource), object);
        Resource next = object.copy();
        if (!before.spec().equals(next.spec())) {
            next.mutableMetadata().put("generation", (int) before.generation() + 1);
        }
        next.tree().set("status", before.status().deepCopy());
        if (next.isBeingDeleted() && next.finalizers().isEmpty()) {
            drop(next.key(resource));
            return next;
        }
        return store(resource, next);
    }

    public Resource putStatus(GroupResource resource, Resource object) {
        Resource next = stored(object.key(resource), object).copy();
        next.tree().set("status", object.status().deepCopy());
        JsonNode annotations = object.metadata().path("annotations");
        if (resource.equals(Resources.DEPLOYMENTS) && annotations.isObject()) {
            next.mutableMetadata().set("annotations", annotations.deepCopy());
        }
        return store(resource, next);
    }

    public void delete(ObjectKey key, String propagation) {
        Resource before = objects.get(key);
        if (before == null || before.isBeingDeleted()) {
            return;
        }
        Resource next = before.copy();
        if (propagation.equals("Foreground")) {
            next.mutableMetadata().putArray("finalizers").add("foregroundDeletion");
        } else if (propagation.equals("Orphan")) {
            next.mutableMetadata().putArray("finalizers").add("orphan");
        }
        boolean isBoundPod =
                key.resource().plural().equals("pods")
                        && !Resource.text(next.spec(), "nodeName").isEmpty();
        boolean isNamespace = key.resource().plural().equals("namespaces");
        if (next.finalizers().isEmpty() && !isBoundPod && !isNamespace) {
            drop(key);
            return;
        }
        next.mutableMetadata().put("deletionTimestamp", Conditions.timestamp(now));
        store(key.resource(), next);
    }

    public void drop(ObjectKey key) {
        Resource before = objects.remove(key);
        if (before != null) {
            revision++;
            changed(new Controller.Change(key, Optional.of(before), Optional.empty()));
        }
    }

    private Resource stored(ObjectKey key, Resource seen) {
        Resource before = objects.get(key);
        if (before == null || !before.revision().equals(seen.revision())) {
            throw new Conflict("conflict at " + key + ": " + before + " is not " + seen);
        }
        return before;
    }

    private Resource store(GroupResource resource, Resource next) {
        next.mutableMetadata().put("resourceVersion", Long.toString(++revision));
        Resource before = objects.put(next.key(resource), next);
        changed(
                new Controller.Change(
                        next.key(resource), Optional.ofNullable(before), Optional.of(next)));
        return next;
    }

    private void changed(Controller.Change news) {
        listener.accept(news);
        ObjectKey changed = news.key();
        var change =
                new Controller.Change(
                        changed,
                        news.before().map(object -> whole.kept(changed, object)),
                        news.after().map(object -> whole.kept(changed, object)));
        for (Controller controller : controllers) {
            boolean isWatched =
                    controller.watches().contains(change.key().resource())
                            || controller.watchesCustomResources()
                                    && Kinds.of(change.key().resource()).isEmpty();
            if (isWatched) {
                controller.keysFor(change, cache, key -> looks.add(new Look(controller, key)));
            }
        }
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public List<Resource> list(GroupResource resource) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(resource))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public boolean isFresh(String namespace) {
        return true;
    }

    /** What the controllers know: of objects that none of them reads whole, only the metadata. */
    private final class Cached implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return SimulatedApi.this.get(key).map(object -> whole.kept(key, object));
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return SimulatedApi.this.list(resource).stream()
                    .map(object -> whole.kept(object.key(resource), object))
                    .toList();
        }

        @Override
        public List<Kind> aggregatedKinds() {
            return aggregatedKinds;
        }

        @Override
        public boolean isFresh(String namespace) {
            return SimulatedApi.this.isFresh(namespace);
        }

        @Override
        public Optional<ApiAnswer> answer(ApiQuery query) {
            return SimulatedApi.this.answer(query);
        }
    }
}
