package dev.gantry.state.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.apply.NotedFields;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A transaction in the making: what is stored, with the changes decided so far laid over it.
 *
 * <p>Invariant: one change per object, pinned to the revision that is stored, however often the
 * draft touches it.
 */
final class Draft {
    static final String ACTOR = "system:kube-scheduler";

    private final Function<ObjectKey, Optional<StoredObject>> stored;
    private final Instant now;
    private final Map<ObjectKey, Change> changes = new LinkedHashMap<>();
    private final List<Change> events = new ArrayList<>();

    Draft(Function<ObjectKey, Optional<StoredObject>> stored, Instant now) {
        this.stored = stored;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    Optional<StoredObject> get(GroupResource resource, String namespace, String name) {
        var key = new ObjectKey(resource, namespace, name);
        Optional<StoredObject> before = stored.apply(key);
        Change change = changes.get(key);
        if (change == null) {
            return before;
        }
        return change.object().flatMap(next -> before.map(each -> new Drafted(each, next)));
    }

    Optional<StoredObject> pod(String namespace, String name) {
        return get(Resources.PODS, namespace, name);
    }

    /** What is set so is nobody's: compat, a binding. */
    void put(StoredObject before, Resource next) {
        changes.put(before.key(), change(before, Optional.of(next)));
    }

    /** The scheduler sets the status. */
    void putStatus(StoredObject before, Resource next) {
        NotedFields.completeStatus(next);
        NotedFields.ofScheduler(now).status(next, before.decode());
        put(before, next);
    }

    /** The scheduler sets the object and its status. */
    void putAll(StoredObject before, Resource next) {
        NotedFields.complete(next);
        NotedFields.ofScheduler(now).all(next, before.decode());
        put(before, next);
    }

    /** A new object, which nobody may have made meanwhile. */
    void add(Resource made, GroupResource resource) {
        NotedFields.ofScheduler(now).created(made);
        ObjectKey key = made.key(resource);
        changes.put(key, new Change(key, Revision.NONE, Optional.of(made), ACTOR, now));
    }

    void remove(StoredObject before) {
        changes.put(before.key(), change(before, Optional.empty()));
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void note(StoredObject about, Resource pod, EventNote note) {
        events.add(note.about(about, pod, now));
    }

    /** Events last: they tell of what was done. */
    List<Change> changes() {
        List<Change> all = new ArrayList<>(changes.values());
        all.addAll(events);
        return all;
    }

    private Change change(StoredObject before, Optional<Resource> next) {
        return new Change(before.key(), before.revision(), next, ACTOR, now);
    }

    /** An object as this draft will leave it, still pinned to its stored revision. */
    private record Drafted(StoredObject before, Resource next) implements StoredObject {
        @Override
        public ObjectKey key() {
            return before.key();
        }

        @Override
        public Revision revision() {
            return before.revision();
        }

        @Override
        public Uid uid() {
            return next.uid();
        }

        @Override
        public byte[] json() {
            return next.tree().toString().getBytes(UTF_8);
        }

        @Override
        public SortedMap<String, String> labels() {
            return next.labels();
        }

        @Override
        public String field(String name) {
            return before.field(name);
        }

        @Override
        public Resource decode() {
            return next.copy();
        }
    }
}
