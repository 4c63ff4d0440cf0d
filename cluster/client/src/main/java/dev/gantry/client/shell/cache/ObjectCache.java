package dev.gantry.client.shell.cache;

import dev.gantry.client.controller.PartialObjectMetadata;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.client.shell.feed.SharedTrees;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The current objects of some resources, as the feed told them, but without their managedFields
 * (see {@link SharedTrees}), and of some only {@link PartialObjectMetadata}. Any thread may read;
 * one thread writes the objects of a resource.
 *
 * <p>Cost: most objects of a cluster are such that nobody here reads. A ConfigMap of 1 KB takes 1.1
 * KB instead of 2.6 then, and less than half the time to be taken in.
 */
public final class ObjectCache implements FeedListener {
    /** Hears what changed, after the cache has it. {@code before} or {@code after} may be empty. */
    @FunctionalInterface
    public interface Observer {
        void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after);
    }

    private final WholeObjects whole;
    private final Map<GroupResource, ObjectStore> stores = new ConcurrentHashMap<>();
    private final Map<GroupResource, Revision> revisions = new ConcurrentHashMap<>();
    private final List<Observer> indexes = new CopyOnWriteArrayList<>();
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /** Of whole objects. */
    public ObjectCache() {
        this(new WholeObjects(List.of()));
    }

    /**
     * @param whole of all other objects, only metadata is kept
     */
    public ObjectCache(WholeObjects whole) {
        this.whole = whole;
    }

    /**
     * As an observer, but before the revision of the change is told: whoever finds a revision here
     * finds all that came up to it in the index, too.
     */
    public void index(Observer index) {
        indexes.add(index);
    }

    /**
     * Observers are called in the order in which they came, for a resource by the one thread that
     * writes its objects.
     */
    public void observe(Observer observer) {
        observers.add(observer);
    }

    public Optional<Resource> get(ObjectKey key) {
        return of(key.resource()).get(key);
    }

    /** In key order. */
    public List<Resource> list(GroupResource resource) {
        return of(resource).all();
    }

    /** In name order. */
    public List<Resource> list(GroupResource resource, String namespace) {
        return of(resource).in(namespace);
    }

    public boolean isEmpty(GroupResource resource, String namespace) {
        return of(resource).isEmptyIn(namespace);
    }

    /** The newest revision of this resource that was heard. */
    public Revision revision(GroupResource resource) {
        return revisions.getOrDefault(resource, Revision.NONE);
    }

    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Returns whether the initial state was complete in time. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onChange(ChangeMessage change) {
        byte[] body = change.body();
        Optional<Resource> after =
                body == null || whole.contains(change.key())
                        ? SharedTrees.after(change)
                        : Optional.of(PartialObjectMetadata.read(body));
        store(change.key(), change.revision(), after);
    }

    /** The object is from this revision on as told; empty where it is gone. */
    public void put(ObjectKey key, Revision revision, Optional<Resource> after) {
        store(key, revision, after.map(object -> whole.kept(key, object)));
    }

    private void store(ObjectKey key, Revision revision, Optional<Resource> after) {
        ObjectStore store = of(key.resource());
        Optional<Resource> before =
                after.isPresent() ? store.put(key, after.get()) : store.remove(key);
        // A topic keeps word of what is gone for longer than what it was.
        boolean isNews = before.isPresent() || after.isPresent();
        if (isNews) {
            indexes.forEach(index -> index.onObject(key, before, after));
        }
        revisions.put(key.resource(), revision);
        if (isNews) {
            observers.forEach(observer -> observer.onObject(key, before, after));
        }
    }

    /**
     * From now on nothing is known of the resource. Nobody hears of it: its objects may be there.
     */
    public void forget(GroupResource resource) {
        stores.remove(resource);
        revisions.remove(resource);
    }

    @Override
    public void onCaughtUp() {
        caughtUp.countDown();
    }

    private ObjectStore of(GroupResource resource) {
        return stores.computeIfAbsent(resource, _ -> new ObjectStore());
    }
}
