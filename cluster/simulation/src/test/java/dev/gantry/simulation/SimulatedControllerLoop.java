package dev.gantry.simulation;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.queue.Backoff;
import dev.gantry.client.queue.WorkQueue;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ControllerLoop} does, step by step: take a key, wait for our own writes to be seen,
 * decide, perform. The API may fail before or after it did what was asked.
 */
final class SimulatedControllerLoop {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(20), Duration.ofSeconds(30));

    private final Controller controller;
    private final SimulatedFeed feed;
    private final SimulatedState state;
    private final Faults faults;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    private final Map<ObjectKey, Expectations> unseen = new HashMap<>();

    SimulatedControllerLoop(
            Controller controller, SimulatedFeed feed, SimulatedState state, Faults faults) {
        this.controller = controller;
        this.feed = feed;
        this.state = state;
        this.faults = faults;
        feed.listen(
                change -> {
                    if (controller.watches().contains(change.key().resource())) {
                        controller.keysFor(change, feed, queue::add);
                    }
                });
    }

    void enqueue(ObjectKey key) {
        queue.add(key);
    }

    /** Returns whether there was anything to look at. */
    boolean step(Instant now) {
        Optional<ObjectKey> next = feed.isCaughtUp() ? queue.take(now) : Optional.empty();
        if (next.isEmpty()) {
            return false;
        }
        ObjectKey key = next.get();
        Expectations awaited = unseen.get(key);
        if (awaited != null && !awaited.isSeenBy(feed, feed::revision)) {
            queue.addAt(key, now.plusMillis(100));
            queue.done(key);
            return true;
        }
        unseen.remove(key);
        try {
            Plan<Action> plan = controller.reconcile(key, fresh(key), now);
            var writes = new Expectations();
            unseen.put(key, writes);
            plan.actions().forEach(action -> perform(action, writes));
            plan.requeueAt().ifPresent(at -> queue.addAt(key, at));
            queue.done(key);
        } catch (SimulatedState.Refused | Faults.Unreachable failure) {
            queue.failed(key, BACKOFF, now);
        }
        return true;
    }

    private void perform(Action action, Expectations writes) {
        faults.beforeCall();
        switch (action) {
            case Action.Create create ->
                    writes.wrote(
                            create.resource(), state.create(create.resource(), create.object()));
            case Action.Update update ->
                    writes.wrote(
                            update.resource(), state.update(update.resource(), update.object()));
            case Action.PutStatus put ->
                    writes.wrote(put.resource(), state.putStatus(put.resource(), put.object()));
            case Action.Delete delete -> {
                state.delete(delete.key(), delete.uid(), delete.propagation().wire());
                writes.deletes(delete.key(), delete.uid());
            }
            case Action.Remove remove -> {
                state.drop(remove.key());
                writes.deletes(remove.key(), remove.uid());
            }
            case Action.DeleteAll _, Action.Finalize _, Action.RecordEvent _ -> {}
        }
        faults.afterCall();
    }

    private ClusterReader fresh(ObjectKey key) {
        LiveReads reads = controller.liveReads(key, feed);
        return reads.isNothing() ? feed : new AskingReader(feed, reads.objects(), state);
    }

    /** The feed, but some objects are asked for. */
    private record AskingReader(ClusterReader feed, List<ObjectKey> asked, SimulatedState state)
            implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return asked.contains(key) ? state.get(key) : feed.get(key);
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return feed.list(resource);
        }
    }
}
