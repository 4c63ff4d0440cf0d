package dev.gantry.simulation;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.controller.ReconcileQueue;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One thread's turn of a controller: the real queue and the real reconciler over a feed that lags.
 * The API may fail before or after it did what was asked.
 */
final class SimulatedControllerLoop {
    private final Controller controller;
    private final SimulatedFeed feed;
    private final SimulatedState state;
    private final Faults faults;
    private final ReconcileQueue queue = new ReconcileQueue();

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

    /** It leads from now on, and others did before. */
    void takeOver() {
        var written = new Expectations();
        for (GroupResource each : controller.knownBeforeLeading()) {
            state.list(each).forEach(found -> written.wrote(each, found));
        }
        queue.awaitFirst(written);
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
        Optional<Instant> heldUntil = queue.heldUntil(key, feed, feed::revision, now);
        if (heldUntil.isPresent()) {
            queue.done(key, heldUntil);
            return true;
        }
        try {
            Plan<Action> plan = controller.reconcile(key, fresh(key), now);
            Expectations writes = queue.expecting(key, now);
            plan.actions().forEach(action -> perform(action, writes));
            queue.done(key, plan.requeueAt());
        } catch (SimulatedState.Refused | Faults.Unreachable failure) {
            queue.failed(key, now);
        }
        return true;
    }

    /** A few looks, each of which is one step of the simulation. */
    void steps(Random random, Instant now) {
        int looks = random.nextInt(6);
        while (looks > 0 && step(now)) {
            looks--;
        }
    }

    private void perform(Action action, Expectations writes) {
        faults.beforeCall();
        writes.performed(action, state.perform(action));
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
