package dev.gantry.client.shell.http;

import dev.gantry.client.queue.Backoff;
import dev.gantry.client.queue.Outage;
import dev.gantry.client.shell.loop.Listening;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one resource, kept current: a list, then a watch from its revision, for ever.
 *
 * <p>A watch that ends is resumed where it was; one that fell behind (410) or failed lists again,
 * and the listener then hears only what differs from what it was told before. While the API is away
 * the listener hears nothing, so what it holds stays true as of the last word.
 */
public final class ApiWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiWatch.class);

    /** Long enough to be cheap, short enough that a silently dead connection is noticed. */
    private static final Duration WATCH = Duration.ofSeconds(120);

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final int PAGE = 500;
    private static final int GONE = 410;
    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    /** Hears the objects; called by one thread. */
    public interface Listener {
        /** The object is new, or has another revision than the last one told. */
        void onObject(Resource object);

        void onGone(ObjectKey key);

        /** Once, when the first list has been delivered completely. */
        default void onCaughtUp() {}
    }

    private final ClusterApi api;
    private final OkHttpClient http;
    private final Kind kind;
    private final String path;
    private final String query;
    private final Listener listener;
    private final Map<ObjectKey, String> told = new HashMap<>();
    private final Loop loop;
    private final Outage outage = new Outage();
    private volatile @Nullable Call call;
    private volatile boolean isLive;
    private String revision = "";
    private boolean caughtUp;

    /**
     * @param query such as {@code fieldSelector=spec.nodeName%3Da}, or empty
     */
    public ApiWatch(
            ClusterApi api,
            GroupResource resource,
            String namespace,
            String query,
            Listener listener) {
        this(
                api,
                Kinds.of(resource)
                        .orElseThrow(
                                () -> new IllegalArgumentException("no such kind: " + resource)),
                namespace,
                query,
                listener);
    }

    /** Of a kind that discovery told of. */
    public ApiWatch(ClusterApi api, Kind kind, String namespace, String query, Listener listener) {
        this.api = api;
        this.http =
                api.http()
                        .newBuilder()
                        .callTimeout(Duration.ZERO)
                        .readTimeout(WATCH.plus(GRACE))
                        .build();
        this.kind = kind;
        this.path = ClusterApi.path(kind, namespace);
        this.query = query.isEmpty() ? "" : "&" + query;
        this.listener = listener;
        this.loop = new Loop("watch-" + kind.resource(), this::run);
    }

    public ApiWatch start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        Call running = call;
        if (running != null) {
            running.cancel();
        }
        loop.close();
    }

    /**
     * Whether changes are told as they happen: not before the first watch, and while it is broken.
     */
    public boolean isLive() {
        return isLive;
    }

    /** The API being away is no fault of ours: the place is kept. */
    private void run() throws InterruptedException {
        Listening.await(loop, List.of(api.address()));
        int failures = 0;
        while (!loop.isClosed()) {
            try {
                if (revision.isEmpty()) {
                    list();
                }
                watch();
                failures = 0;
            } catch (IOException | JacksonException | ApiUnreachable | ApiRefused away) {
                failures++;
                if (loop.pause(BACKOFF.delay(failures)) && outage.failed(Instant.now())) {
                    LOG.warn(
                            "watch of {} broke, trying until it is back: {}",
                            path,
                            away.toString());
                }
            }
        }
    }

    private void list() {
        Set<ObjectKey> present = new HashSet<>();
        String page = "";
        String listed;
        do {
            Resource list =
                    api.send("GET", path + "?limit=" + PAGE + query + page, null, JSON_TYPE);
            for (JsonNode item : list.tree().path("items")) {
                ObjectNode object = (ObjectNode) item;
                object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
                present.add(tell(new Resource(object)));
            }
            listed = Resource.text(list.metadata(), "resourceVersion");
            String token = Resource.text(list.metadata(), "continue");
            page = token.isEmpty() ? "" : "&continue=" + token;
        } while (!page.isEmpty());
        for (ObjectKey key : Set.copyOf(told.keySet())) {
            if (!present.contains(key)) {
                tellGone(key);
            }
        }
        revision = listed;
        if (!caughtUp) {
            caughtUp = true;
            listener.onCaughtUp();
        }
    }

    /** Returns when the server ended the watch; throws where the connection broke. */
    private void watch() throws IOException {
        String ask =
                "?watch=true&allowWatchBookmarks=true&resourceVersion=%s&timeoutSeconds=%d%s"
                        .formatted(revision, WATCH.toSeconds(), query);
        Request request =
                new Request.Builder()
                        .url(api.url(path + ask))
                        .header("Accept", "application/json")
                        .build();
        Call watching = http.newCall(request);
        call = watching;
        try (Response response = watching.execute()) {
            if (response.code() == GONE) {
                revision = "";
                return;
            }
            if (!response.isSuccessful()) {
                throw new ApiRefused(
                        response.code(),
                        "",
                        Set.of(),
                        "watch of " + path + ": " + response.message());
            }
            outage.over(Instant.now())
                    .ifPresent(how -> LOG.info("watch of {} is back {}", path, how));
            isLive = true;
            BufferedSource source = response.body().source();
            for (String line = source.readUtf8Line(); line != null; ) {
                if (!line.isBlank() && !accept(JsonMapper.shared().readTree(line))) {
                    return;
                }
                line = source.readUtf8Line();
            }
        } finally {
            isLive = false;
        }
    }

    /** Returns false where the server says that the watch cannot go on. */
    private boolean accept(JsonNode event) {
        JsonNode object = event.path("object");
        switch (Resource.text(event, "type")) {
            case "ADDED", "MODIFIED" -> tell(new Resource((ObjectNode) object));
            case "DELETED" -> tellGone(new Resource((ObjectNode) object).key(kind.resource()));
            case "BOOKMARK" -> {}
            default -> {
                // Compat: an ERROR frame holds a Status; whatever it says, a new list puts it
                // right.
                revision = "";
                return false;
            }
        }
        revision = Resource.text(object.path("metadata"), "resourceVersion");
        return true;
    }

    private ObjectKey tell(Resource object) {
        ObjectKey key = object.key(kind.resource());
        String now = Resource.text(object.metadata(), "resourceVersion");
        if (!now.equals(told.put(key, now))) {
            listener.onObject(object);
        }
        return key;
    }

    private void tellGone(ObjectKey key) {
        if (told.remove(key) != null) {
            listener.onGone(key);
        }
    }
}
