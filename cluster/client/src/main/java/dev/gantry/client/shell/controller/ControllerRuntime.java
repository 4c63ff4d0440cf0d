package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.election.LeaderElector;
import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.metrics.WorkQueueMetrics;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several controllers over one cache and one feed. They perform nothing until they lead. */
public final class ControllerRuntime implements LeaderElector.Listener, AutoCloseable {
    private static final GroupResource DEFINITIONS = Kinds.CUSTOM_RESOURCE_DEFINITION.resource();
    private static final GroupResource API_SERVICES = Kinds.API_SERVICE.resource();

    private final List<ControllerLoop> loops;
    private final Map<GroupResource, List<ControllerLoop>> watching = new HashMap<>();
    private final List<ControllerLoop> watchingCustom;
    private final CacheReader cluster;
    private final ChangeFeed feed;
    private final ObjectCache cache;
    private final AggregatedFeed aggregated;
    private final WorkQueueMetrics queues = new WorkQueueMetrics(System::nanoTime);

    /**
     * @param cache filled by this and nobody else; it keeps at least {@link WholeObjects} whole
     */
    public ControllerRuntime(
            String name,
            List<Controller> controllers,
            KafkaSettings kafka,
            ObjectCache cache,
            Performer performer) {
        this.cache = cache;
        this.cluster = new CacheReader(cache);
        this.loops =
                controllers.stream()
                        .map(
                                controller ->
                                        new ControllerLoop(
                                                controller,
                                                cache,
                                                cluster,
                                                performer,
                                                queues.of(QueueNames.of(controller.component()))))
                        .toList();
        this.watchingCustom =
                loops.stream().filter(each -> each.controller().watchesCustomResources()).toList();
        if (!watchingCustom.isEmpty()) {
            watching.put(DEFINITIONS, new ArrayList<>());
            watching.put(API_SERVICES, new ArrayList<>());
        }
        for (ControllerLoop loop : loops) {
            for (GroupResource resource : loop.controller().watches()) {
                watching.computeIfAbsent(resource, _ -> new ArrayList<>()).add(loop);
            }
        }
        cache.observe(this::observe);
        this.feed =
                watchingCustom.isEmpty()
                        ? new ChangeFeed(name, kafka, watching.keySet(), cache)
                        : ChangeFeed.growing(name, kafka, watching.keySet(), cache);
        this.aggregated = new AggregatedFeed(performer.api(), cache, this::hearKinds);
    }

    public void start() {
        loops.forEach(ControllerLoop::start);
        feed.start();
        if (!watchingCustom.isEmpty()) {
            aggregated.start();
        }
    }

    /** Whether all is known that was there at the start. */
    public boolean isCaughtUp() {
        return cache.isCaughtUp();
    }

    /** How much there is to reconcile, and how long that takes. */
    public WorkQueueMetrics queues() {
        return queues;
    }

    @Override
    public void onLeading() {
        loops.forEach(ControllerLoop::lead);
    }

    @Override
    public void onFollowing() {
        loops.forEach(ControllerLoop::follow);
    }

    /** For a key that is to be reconciled although none of the objects that are watched changed. */
    public void enqueue(Controller controller, ObjectKey key) {
        for (ControllerLoop loop : loops) {
            if (loop.controller() == controller) {
                loop.enqueue(key);
            }
        }
    }

    private void observe(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        var change = new Controller.Change(key, before, after);
        if (key.resource().equals(DEFINITIONS)) {
            followCustom();
        }
        if (key.resource().equals(API_SERVICES)) {
            aggregated.lookAgain();
        }
        for (ControllerLoop loop : watching.getOrDefault(key.resource(), watchingCustom)) {
            loop.hear(change);
        }
    }

    /** What is served has changed as if the APIServices themselves had. */
    private void hearKinds(Collection<Kind> kinds) {
        cluster.aggregated(kinds);
        for (Resource each : cache.list(API_SERVICES)) {
            var change =
                    new Controller.Change(
                            each.key(API_SERVICES), Optional.of(each), Optional.of(each));
            watching.getOrDefault(API_SERVICES, List.of()).forEach(loop -> loop.hear(change));
        }
    }

    private void followCustom() {
        if (watchingCustom.isEmpty()) {
            return;
        }
        for (Kind each : cluster.kinds()) {
            if (Kinds.of(each.resource()).isEmpty()) {
                feed.follow(each.resource());
            }
        }
    }

    @Override
    public void close() {
        feed.close();
        aggregated.close();
        loops.forEach(ControllerLoop::close);
    }
}
