package dev.gantry.simulation;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.state.ingest.BindingDecider;
import dev.gantry.state.ingest.StatusDecider;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** One order of changes, and the objects that they add up to. Bindings and reports are real. */
final class SimulatedState {
    static final GroupResource PODS = Resources.PODS;
    static final GroupResource NODES = Resources.NODES;

    /** A change as the feed tells it. */
    record Entry(ObjectKey key, Optional<Resource> after) {}

    /** The API says no: somebody was faster. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    private final Map<ObjectKey, Resource> objects = new TreeMap<>();
    private final Map<GroupResource, List<Entry>> log = new TreeMap<>();
    private final Map<Uid, Long> sequences = new HashMap<>();
    private final Invariants invariants;
    private long revision;
    private Instant now;
    private Duration error = Duration.ZERO;

    SimulatedState(Instant start, Invariants invariants) {
        this.now = start;
        this.invariants = invariants;
    }

    void tick(Instant time) {
        now = time.plus(error);
    }

    /** Somebody sets the clock, so that it is wrong by this much. */
    void setClockBy(Duration wrong) {
        error = wrong;
    }

    long revision() {
        return revision;
    }

    List<Entry> log(GroupResource resource) {
        return log.computeIfAbsent(resource, _ -> new ArrayList<>());
    }

    Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    List<Resource> list(GroupResource resource) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(resource))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What now stands, where the action leaves something. */
    Optional<Resource> perform(Action action) {
        switch (action) {
            case Action.Create create -> {
                return Optional.of(create(create.resource(), create.object()));
            }
            case Action.Update update -> {
                return Optional.of(update(update.resource(), update.object()));
            }
            case Action.PutStatus put -> {
                return Optional.of(putStatus(put.resource(), put.object()));
            }
            case Action.Delete delete ->
                    delete(delete.key(), delete.uid(), delete.propagation().wire());
            case Action.Remove remove -> drop(remove.key());
            case Action.DeleteAll _, Action.Finalize _, Action.RecordEvent _ -> {}
        }
        return Optional.empty();
    }

    Resource create(GroupResource resource, Resource object) {
        Resource made = object.copy();
        ObjectNode metadata = made.mutableMetadata();
        if (made.name().isEmpty()) {
            metadata.put("name", Resource.text(metadata, "generateName") + (revision + 1));
        }
        if (objects.containsKey(made.key(resource))) {
            throw new Refused(made.key(resource) + " exists");
        }
        metadata.put("uid", "uid-" + (revision + 1));
        metadata.put("creationTimestamp", Conditions.timestamp(now));
        metadata.put("generation", 1);
        return store(made.key(resource), made);
    }

    Resource update(GroupResource resource, Resource object) {
        Resource before = seen(object.key(resource), object);
        Resource next = object.copy();
        if (!before.spec().equals(next.spec())) {
            next.mutableMetadata().put("generation", (int) before.generation() + 1);
        }
        next.tree().set("status", before.status().deepCopy());
        if (next.isBeingDeleted() && next.finalizers().isEmpty()) {
            drop(next.key(resource));
            return next;
        }
        return store(next.key(resource), next);
    }

    Resource putStatus(GroupResource resource, Resource object) {
        Resource next = seen(object.key(resource), object).copy();
        next.tree().set("status", object.status().deepCopy());
        return store(next.key(resource), next);
    }

    /** As the API does it: bound pods end first, others go at once. */
    void delete(ObjectKey key, Uid uid, String propagation) {
        Resource before = objects.get(key);
        if (before == null || !before.uid().equals(uid) || before.isBeingDeleted()) {
            return;
        }
        Resource next = before.copy();
        switch (propagation) {
            case "Foreground" ->
                    next.mutableMetadata().putArray("finalizers").add("foregroundDeletion");
            case "Orphan" -> next.mutableMetadata().putArray("finalizers").add("orphan");
            default -> {}
        }
        boolean isBoundPod =
                key.resource().equals(PODS) && !Resource.text(next.spec(), "nodeName").isEmpty();
        if (next.finalizers().isEmpty() && !isBoundPod) {
            drop(key);
            return;
        }
        next.mutableMetadata()
                .put("deletionTimestamp", Conditions.timestamp(now))
                .put("deletionGracePeriodSeconds", isBoundPod ? 5 : 0);
        store(key, next);
    }

    void drop(ObjectKey key) {
        if (objects.remove(key) != null) {
            revision++;
            log(key.resource()).add(new Entry(key, Optional.empty()));
        }
    }

    /** Returns why the binding was refused; empty where it was not. */
    Optional<String> take(Binding binding) {
        Verdict verdict = BindingDecider.decide(binding, this::stored, now);
        if (verdict instanceof Verdict.Reject reject) {
            return Optional.of(reject.why());
        }
        commit(verdict);
        if (verdict instanceof Verdict.Commit) {
            invariants.committed(binding, this);
        }
        return Optional.empty();
    }

    void take(PodStatusReport report) {
        ObjectKey key = new ObjectKey(PODS, report.namespace(), report.name());
        long last = sequences.getOrDefault(report.uid(), 0L);
        Verdict verdict = StatusDecider.decide(report, stored(key), last, now);
        if (verdict instanceof Verdict.Commit commit) {
            sequences.put(report.uid(), commit.reportSequence());
        }
        commit(verdict);
    }

    private void commit(Verdict verdict) {
        if (!(verdict instanceof Verdict.Commit commit)) {
            return;
        }
        for (Change change : commit.group()) {
            boolean isEvent = change.key().resource().equals(Resources.EVENTS);
            if (!isEvent && change.object().isPresent()) {
                store(change.key(), change.object().get());
            } else if (!isEvent) {
                drop(change.key());
            }
        }
    }

    private Resource seen(ObjectKey key, Resource object) {
        Resource before = objects.get(key);
        if (before == null || !before.revision().equals(object.revision())) {
            throw new Refused(key + " is not at " + object.revision());
        }
        return before;
    }

    private Resource store(ObjectKey key, Resource next) {
        next.mutableMetadata().put("resourceVersion", Long.toString(++revision));
        Resource before = objects.put(key, next);
        log(key.resource()).add(new Entry(key, Optional.of(next)));
        invariants.stored(Optional.ofNullable(before), next, this);
        return next;
    }

    private Optional<StoredObject> stored(ObjectKey key) {
        return get(key).map(object -> new StoredTree(key, object));
    }
}
