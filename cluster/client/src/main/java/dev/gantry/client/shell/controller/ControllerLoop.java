package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Expectations;
import dev.gantry.client.controller.ReconcileQueue;
import dev.gantry.client.queue.QueueWatcher;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of one controller from a queue, reconciled and their plans performed, until closed.
 *
 * <p>A replica that does not lead reconciles too, but performs nothing: it remembers the keys whose
 * plans the leader should be performing, and begins with those when it leads itself. So a takeover
 * costs no look at all objects.
 */
final class ControllerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    /** A clock that is set is noticed after this. Cost: there are some fifty of these loops. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private static final int AT_ONCE = 16;

    private final Controller controller;
    private final ObjectCache cache;
    private final ClusterReader cluster;
    private final Performer performer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ReconcileQueue queue;
    private final Semaphore working = new Semaphore(AT_ONCE);
    private final Map<ObjectKey, String> refusals = new ConcurrentHashMap<>();

    /** Keys with a plan that was not performed, as another replica leads. */
    private final Set<ObjectKey> unperformed = ConcurrentHashMap.newKeySet();

    private final Loop loop;
    private volatile boolean isLeading;

    /** How many times it began to lead, and of which of these it knows what was there before. */
    private final AtomicInteger term = new AtomicInteger();

    private int learnedTerm;

    ControllerLoop(
            Controller controller,
            ObjectCache cache,
            ClusterReader cluster,
            Performer performer,
            QueueWatcher<ObjectKey> watcher) {
        this.controller = controller;
        this.cache = cache;
        this.cluster = cluster;
        this.performer = performer;
        this.queue = new ReconcileQueue(watcher);
        this.loop = new Loop(controller.component(), this::run);
    }

    Controller controller() {
        return controller;
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    void lead() {
        term.incrementAndGet();
        isLeading = true;
        unperformed.forEach(this::enqueue);
        unperformed.clear();
    }

    void follow() {
        isLeading = false;
    }

    boolean isUnperformed(ObjectKey key) {
        return unperformed.contains(key);
    }

    /**
     * Called by the feed's thread, after cache and indexes have the change. A controller that fails
     * at it keeps no other one from hearing of it.
     */
    void hear(Controller.Change change) {
        if (change.after().isEmpty()) {
            unperformed.remove(change.key());
        }
        try {
            controller.keysFor(change, cluster, this::enqueue);
        } catch (RuntimeException fault) {
            LOG.error("{} missed a change of {}", controller.component(), change.key(), fault);
        }
    }

    void enqueue(ObjectKey key) {
        lock.lock();
        try {
            queue.add(key);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() throws InterruptedException {
        while (!cache.awaitCaughtUp(LONGEST_SLEEP)) {
            if (loop.isClosed()) {
                return;
            }
        }
        while (!loop.isClosed()) {
            Optional<ObjectKey> key = take();
            if (key.isPresent()) {
                working.acquire();
                Thread.ofVirtual().name(controller.component()).start(() -> work(key.get()));
            }
        }
    }

    private Optional<ObjectKey> take() throws InterruptedException {
        lock.lock();
        try {
            Optional<ObjectKey> key = queue.take(Instant.now());
            if (key.isEmpty()) {
                Duration pause =
                        queue.nextWakeUp()
                                .map(due -> Duration.between(Instant.now(), due))
                                .filter(due -> due.compareTo(LONGEST_SLEEP) < 0)
                                .orElse(LONGEST_SLEEP);
                boolean _ = news.await(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
            }
            return key;
        } finally {
            lock.unlock();
        }
    }

    /** An Error here is a bug: the process stops, as it would in a loop. */
    private void work(ObjectKey key) {
        try {
            finish(key, step(key));
        } catch (ApiRefused refused) {
            if (refused.isOfEndingNamespace()) {
                giveUp(key, refused);
                return;
            }
            if (!refused.isConflict() && !refused.isMissing()) {
                refusals.put(key, String.valueOf(refused.getMessage()));
                LOG.info("{} {}: {}", controller.component(), key, refused.getMessage());
            }
            fail(key);
        } catch (ApiUnreachable unreachable) {
            LOG.debug("{} {}: {}", controller.component(), key, unreachable.getMessage());
            fail(key);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.warn("{} failed on {}", controller.component(), key, fault);
            fail(key);
        } catch (Error bug) {
            LOG.error("{} met a bug at {}: halting", controller.component(), key, bug);
            Runtime.getRuntime().halt(70);
        } finally {
            working.release();
        }
    }

    /**
     * Compat: as upstream's controllers do, see {@code NamespaceTerminatingCause}. What goes with
     * the namespace wakes the key by itself.
     */
    private void giveUp(ObjectKey key, ApiRefused refused) {
        LOG.debug("{} {}: {}", controller.component(), key, refused.getMessage());
        refusals.remove(key);
        finish(key, Optional.empty());
    }

    /** Returns when to reconcile again without a change. */
    private Optional<Instant> step(ObjectKey key) throws InterruptedException {
        if (!isLeading) {
            return standBy(key);
        }
        learnOfLeaderBefore();
        Optional<Instant> heldUntil = heldUntil(key);
        if (heldUntil.isPresent()) {
            return heldUntil;
        }
        ClusterReader fresh =
                LiveReader.of(
                        controller,
                        key,
                        cluster,
                        performer.api(),
                        Optional.ofNullable(refusals.get(key)));
        Plan<Action> plan = controller.reconcile(key, fresh, Instant.now());
        if (!plan.isSettled()) {
            performer.perform(controller, key, fresh, plan.actions(), expecting(key));
        }
        refusals.remove(key);
        return plan.requeueAt();
    }

    /**
     * Cost: one list of few kinds, when it begins to lead. Of a kind, the feed tells in the order
     * of revisions: who has heard of the newest object has heard of all that are there.
     */
    private synchronized void learnOfLeaderBefore() {
        int current = term.get();
        if (learnedTerm == current) {
            return;
        }
        var written = new Expectations();
        for (GroupResource each : controller.knownBeforeLeading()) {
            performer.api().list(each, "", "").forEach(found -> written.wrote(each, found));
        }
        lock.lock();
        try {
            queue.awaitFirst(written);
        } finally {
            lock.unlock();
        }
        learnedTerm = current;
    }

    private Optional<Instant> heldUntil(ObjectKey key) {
        lock.lock();
        try {
            return queue.heldUntil(key, cluster, cache::revision, Instant.now());
        } finally {
            lock.unlock();
        }
    }

    private Expectations expecting(ObjectKey key) {
        lock.lock();
        try {
            return queue.expecting(key, Instant.now());
        } finally {
            lock.unlock();
        }
    }

    /** Live reads are left to the leader, too: without them, a plan is not known to be settled. */
    private Optional<Instant> standBy(ObjectKey key) {
        Optional<Instant> again = Optional.empty();
        boolean isSettled = controller.liveReads(key, cluster).isNothing();
        if (isSettled) {
            Plan<Action> plan = controller.reconcile(key, cluster, Instant.now());
            isSettled = plan.isSettled();
            again = plan.requeueAt();
        }
        if (isSettled) {
            unperformed.remove(key);
        } else {
            unperformed.add(key);
        }
        // Where it began to lead meanwhile, what was just noted may have been overlooked.
        return isLeading ? Optional.of(Instant.now()) : again;
    }

    private void finish(ObjectKey key, Optional<Instant> again) {
        lock.lock();
        try {
            queue.done(key, again);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void fail(ObjectKey key) {
        lock.lock();
        try {
            queue.failed(key, Instant.now());
            news.signal();
        } finally {
            lock.unlock();
        }
    }
}
