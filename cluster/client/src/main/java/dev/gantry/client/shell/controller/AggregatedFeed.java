package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.AggregatedKinds;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.MediaType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of extension servers into the cache: no change feed tells of them, so each resource is
 * watched through the API.
 *
 * <p>What a server serves is asked when an APIService changes, and every half minute, as upstream's
 * garbage collector does; where there is no extension server, nothing is asked. While a server does
 * not answer, what was known of its objects stays, and its watches try again.
 */
final class AggregatedFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AggregatedFeed.class);
    private static final GroupResource API_SERVICES = Kinds.API_SERVICE.resource();
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final MediaType JSON = MediaType.get("application/json");

    /**
     * Revisions of an extension server are in no order that is known here: whoever wrote one does
     * not wait for it to come, and relies on preconditions.
     */
    private static final Revision UNORDERED = new Revision(Long.MAX_VALUE);

    private final ClusterApi api;
    private final ObjectCache cache;
    private final Consumer<Collection<Kind>> listener;
    private final Map<GroupResource, Watched> watched = new TreeMap<>();
    private final Map<GroupResource, Kind> complete = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Loop loop = new Loop("aggregated-feed", this::run);

    private record Watched(Kind kind, ApiWatch watch) {}

    /**
     * @param listener hears the kinds of which all objects are in the cache, when they change
     */
    AggregatedFeed(ClusterApi api, ObjectCache cache, Consumer<Collection<Kind>> listener) {
        this.api = api;
        this.cache = cache;
        this.listener = listener;
    }

    void start() {
        loop.start();
    }

    /** An APIService changed. */
    void lookAgain() {
        news.release();
    }

    @Override
    public void close() {
        loop.close();
        watched.values().forEach(each -> each.watch().close());
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            look();
            boolean _ = news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
        }
    }

    private void look() {
        Map<GroupResource, Kind> served = new TreeMap<>();
        Set<String> silent = new TreeSet<>();
        for (Resource service : AggregatedKinds.services(cache.list(API_SERVICES))) {
            try {
                ask(service).forEach(kind -> served.putIfAbsent(kind.resource(), kind));
            } catch (ApiRefused | ApiUnreachable away) {
                LOG.debug("{}: {}", service.name(), away.getMessage());
                silent.add(AggregatedKinds.group(service));
            }
        }
        for (Watched each : List.copyOf(watched.values())) {
            GroupResource resource = each.kind().resource();
            boolean isGone =
                    !each.kind().equals(served.get(resource)) && !silent.contains(resource.group());
            if (isGone) {
                forget(each);
            }
        }
        served.values().forEach(this::follow);
    }

    private List<Kind> ask(Resource service) {
        String path =
                "/apis/%s/%s"
                        .formatted(
                                AggregatedKinds.group(service), AggregatedKinds.version(service));
        Resource document = api.send("GET", path, null, JSON);
        return AggregatedKinds.collectable(service, document.tree().path("resources"));
    }

    private void follow(Kind kind) {
        if (!watched.containsKey(kind.resource())) {
            var watch = new ApiWatch(api, kind, "", "", new Filling(kind));
            watched.put(kind.resource(), new Watched(kind, watch));
            watch.start();
        }
    }

    /** Its objects did not go: nobody is told that they did. */
    private void forget(Watched gone) {
        gone.watch().close();
        watched.remove(gone.kind().resource());
        if (complete.remove(gone.kind().resource()) != null) {
            listener.accept(complete.values());
        }
        cache.forget(gone.kind().resource());
    }

    /** The objects of one kind, as its watch tells of them. */
    private final class Filling implements ApiWatch.Listener {
        private final Kind kind;

        Filling(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void onObject(Resource object) {
            object.mutableMetadata().remove("managedFields"); // as in the change feed
            cache.put(object.key(kind.resource()), UNORDERED, Optional.of(object));
        }

        @Override
        public void onGone(ObjectKey key) {
            cache.put(key, UNORDERED, Optional.empty());
        }

        @Override
        public void onCaughtUp() {
            complete.put(kind.resource(), kind);
            listener.accept(complete.values());
        }
    }
}
