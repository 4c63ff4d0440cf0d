package dev.gantry.client.shell.cache;

import dev.gantry.client.shell.feed.FeedListener;
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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The current objects of some resources, as the feed told them, but without their managedFields:
 * who reads here decides by what objects say and not by who wrote it, and a write without them
 * leaves them as they are. Any thread may read.
 *
 * <p>Cost: managedFields are about half the nodes of a pod's tree.
 */
public final class ObjectCache implements FeedListener {
    private static final ObjectReader TREES = JsonMapper.shared().readerFor(ObjectNode.class);

    /**
     * Hears what changed, after the cache has it. {@code before} and {@code after} may be empty.
     */
    @FunctionalInterface
    public interface Observer {
        void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after);
    }

    private final Map<GroupResource, ConcurrentSkipListMap<ObjectKey, Resource>> objects =
            new ConcurrentHashMap<>();
    private final Map<GroupResource, Revision> revisions = new ConcurrentHashMap<>();
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /** Observers are called by the feed's thread, in the order in which they came. */
    public void observe(Observer observer) {
        observers.add(observer);
    }

    public Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(key));
    }

    /** In key order. */
    public List<Resource> list(GroupResource resource) {
        return List.copyOf(of(resource).values());
    }

    /** In name order. */
    public List<Resource> list(GroupResource resource, String namespace) {
        var from = new ObjectKey(resource, namespace, "");
        var to = new ObjectKey(resource, namespace + "\0", "");
        return List.copyOf(of(resource).subMap(from, true, to, false).values());
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
        ObjectKey key = change.key();
        byte[] body = change.body();
        Optional<Resource> after = body == null ? Optional.empty() : Optional.of(read(body));
        var held = of(key.resource());
        Resource before = after.isPresent() ? held.put(key, after.get()) : held.remove(key);
        revisions.put(key.resource(), change.revision());
        for (Observer observer : observers) {
            observer.onObject(key, Optional.ofNullable(before), after);
        }
    }

    private static Resource read(byte[] body) {
        var object = new Resource(TREES.<ObjectNode>readValue(body));
        Resource.child(object.tree(), "metadata").remove("managedFields");
        return object;
    }

    @Override
    public void onCaughtUp() {
        caughtUp.countDown();
    }

    private ConcurrentSkipListMap<ObjectKey, Resource> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, _ -> new ConcurrentSkipListMap<>());
    }
}
